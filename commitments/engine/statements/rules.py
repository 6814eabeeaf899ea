"""Reads the rule files of statements (commitments/rules/statements/*.toml) into one frozen book."""

import gc
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from commitments.engine import kept_rules
from commitments.engine.compiling import uncollected
from commitments.engine.kept import compiled
from commitments.engine.statements.beginnings import Pattern
from commitments.engine.statements.needs import Need, Word, all_of, needs, spaced
from commitments.engine.statements.patterns import Parts, expand
from commitments.engine.statements.shelves import Heard, Shelf, ways_of
from commitments.engine.statements.verbs import join_verbs, parted_patterns
from commitments.engine.statements.weights import Weights
from commitments.engine.types import CommitmentKind, Register

_LETTERS = re.compile(r"[a-zà-ÿ]{3,}")
# A rule may name all separable verbs at once; who does it is said by the part that stands beside the name here.
_PARTED = {"<scheidbaar>": "doe", "<scheidbaar-dienst>": "dienst-doet", "<scheidbaar-ieder>": "ieder"}
_VERBS = re.compile(r"<(?:doe|dienst-doet|ieder):([a-zà-ÿ|]+)>")
# Nothing read by rules is certain.
SUREST = 0.99
FOLDER = Path(__file__).resolve().parents[2] / "rules" / "statements"


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue or cancel.

    group    of a group only the rule that weighs most counts
    scope    where it looks: "sentence", "clause" (around the promise), "core" (the clause without what hangs on it:
             up to the first word after the promise that opens a clause of its own), "before" the promise
    weight   in log-odds, as a person gave it; Book.worth says what it is worth now
    only     ids of the forms it applies to, or all when empty
    spares   ids of the forms it does not apply to
    needs    the words without which the rule cannot hold: `when`, `also`, and what is read off its pattern
    members  the patterns of a form that is written as a list: each is tried only where its own verb is
    unless   a pattern that takes the rule away again, looked for in the same place
    when     words of which one must be in the sentence; also: words of which one must be there as well
    like     the id of a form whose signs, those that are only for it or spare it, go for this form, too
    told     a form that is looked for only where a report tells it in the third person
    dated    a form that counts only in a sentence that names a coming deadline
    last     a form that is looked for only where no other one convinces; so are the dated ones
    """

    id: str
    group: str
    scope: str
    pattern: Pattern | None
    needs: Need
    members: tuple[str, ...]
    unless: Pattern | None
    when: frozenset[str]
    also: frozenset[str]
    registers: frozenset[Register]
    only: frozenset[str]
    spares: frozenset[str]
    weight: float
    like: str
    told: bool
    dated: bool
    last: bool
    why: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def concerns(self, form: str, register: Register) -> bool:
        """Tell whether this sign applies to a form in a register."""
        return register in self.registers and (not self.only or form in self.only) and form not in self.spares


@dataclass(frozen=True, slots=True)
class KindRule:
    kind: CommitmentKind
    pattern: Pattern
    needs: Need
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """All rules.

    written     the forms as they are written; in `forms` one with a list of patterns stands once for each of them
    forms       cues that open a candidate: without one of them a sentence is not looked at any further; the ones to
                be looked for last stand last
    opened_by   the forms that can open a candidate, by register, whether a deadline may be named, and
                whether it is told in the third person; to be looked up
                by the words of a sentence, like the next three
    signs       everything else that weighs for or against
    shown_by    the signs
    hung_on     the conditions
    led_in_by   what opens a list of things that will be done; item: the form that every one of them has
    told_by     the kinds
    properties  what has no pattern: the engine itself says that it holds ("einddatum")
    weights     what the parts of the sum are worth
    words       infinitive of a participle, words that a summary drops, …
    deeds       infinitives of what a government does
    """

    written: tuple[Rule, ...]
    forms: tuple[Rule, ...]
    opened_by: Mapping[tuple[Register, bool, bool], Shelf[Rule]]
    signs: tuple[Rule, ...]
    shown_by: Shelf[Rule]
    hung_on: Shelf[Rule]
    led_in_by: tuple[Rule, ...]
    item: tuple[Rule, ...]
    told_by: Shelf[KindRule]
    properties: Mapping[str, Rule]
    conditions: tuple[Rule, ...]
    kinds: tuple[KindRule, ...]
    weights: Weights
    infinitives: Mapping[str, str]
    dropped: re.Pattern[str]
    deeds: re.Pattern[str]
    parts: Mapping[str, str]

    def hear(self, low: str, words: str | None = None) -> Heard:
        """Return the folded text `low` ready to look rules up with; `words` is the same, spaced, where it is known."""
        return Heard(low, spaced(low) if words is None else words)

    def confidence(self, log_odds: float) -> float:
        """Return how often a proposal with this sum is right, 0..1, by the labelled documents it was measured on."""
        return min(SUREST, self.weights.calibration(log_odds))

    def convinces(self, log_odds: float) -> bool:
        """Tell whether a sentence with this sum is sure enough to be proposed."""
        return self.weights.threshold <= SUREST and self.weights.calibration.reaches(self.weights.threshold, log_odds)

    def rules(self) -> tuple[Rule, ...]:
        return (*self.written, *self.signs, *self.conditions, *self.led_in_by, *self.item)

    def compile(self) -> None:
        """Compile all patterns, each of which would else wait for the first sentence that may fit it."""
        for pattern in self.patterns():
            pattern.compile()

    def patterns(self) -> Iterator[Pattern]:
        for rule in (*self.forms, *self.signs, *self.conditions, *self.led_in_by, *self.item):
            yield from (pattern for pattern in (rule.pattern, rule.unless) if pattern)
        yield from (kind.pattern for kind in self.kinds)

    def weighed(self, weights: Weights) -> "Book":
        """Return the same rules with other weights."""
        return replace(self, weights=weights)

    def worth(self, rule: Rule) -> float:
        """Return what a rule adds to the sum, in log-odds: as learned, else as a person gave it."""
        return self.weights.rules.get(rule.id, rule.weight)


def _when(words: Iterable[str], parts: Mapping[str, str]) -> frozenset[str]:
    """Return the words that must be there for a rule to be tried; "<naam>" stands for every word of that part."""
    plain: set[str] = set()
    for word in words:
        plain.update(_LETTERS.findall(parts[word[1:-1]]) if word.startswith("<") else (word,))
    return frozenset(plain)


def _pattern(written: str | Sequence[str], parts: Mapping[str, str]) -> Pattern:
    return Pattern(written if isinstance(written, str) else tuple(written), parts)


def _needs(pattern: str | Sequence[str], parts: Mapping[str, str], when: frozenset[str], also: frozenset[str]) -> Need:
    return all_of([*(Word(words) for words in (when, also) if words), needs(pattern, parts)])


def _rule(row: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    when, also = _when(row.get("when", ()), parts), _when(row.get("also", ()), parts)
    registers = frozenset(Register(name) for name in row.get("registers", ())) or frozenset(Register)
    return Rule(
        id=row["id"],
        group=row["group"],
        scope=row.get("scope", "sentence"),
        pattern=_pattern(row["pattern"], parts) if "pattern" in row else None,
        needs=_needs(row.get("pattern", ""), parts, when, also),
        members=tuple(row["pattern"]) if isinstance(row.get("pattern"), list) else (),
        unless=_pattern(row["unless"], parts) if "unless" in row else None,
        when=when,
        also=also,
        registers=registers,
        only=frozenset(row.get("only", ())),
        spares=frozenset(row.get("spares", ())),
        weight=float(row["weight"]),
        like=row.get("like", ""),
        told=bool(row.get("told", False)),
        dated=bool(row.get("dated", False)),
        last=bool(row.get("last", row.get("dated", False))),
        why=row["why"],
        examples=tuple(row.get("examples", ())),
        counter_examples=tuple(row.get("counter_examples", ())),
    )


def _members(form: Rule, parts: Mapping[str, str]) -> Iterable[Rule]:
    """Yield the form once for each of its patterns, with the verbs that pattern names as its trigger words."""
    if not form.members:
        yield form
    for pattern in form.members:
        verbs = {verb for named in _VERBS.findall(pattern) for verb in named.split("|")}
        when = frozenset(verbs) or form.when
        yield replace(form, pattern=_pattern(pattern, parts), needs=_needs(pattern, parts, when, form.also), when=when)


def _for_likes(sign: Rule, forms: Sequence[Rule]) -> Rule:
    """Let a sign that names a form name the forms that are like it, too."""
    only = {form.id for form in forms if form.like in sign.only}
    spares = {form.id for form in forms if form.like in sign.spares}
    return replace(sign, only=sign.only | only, spares=sign.spares | spares) if only or spares else sign


def _with_parted(row: Mapping[str, Any], parted: Mapping[str, Sequence[str]]) -> Mapping[str, Any]:
    """Put the patterns of the separable verbs in the place of their name in a rule that is written as a list."""
    if isinstance(row.get("pattern", ""), str):
        return row
    patterns = [one for written in row["pattern"] for one in parted.get(written, (written,))]
    verbs = {verb for one in patterns for named in _VERBS.findall(one) for verb in named.split("|")}
    return {**row, "pattern": patterns, "when": sorted({*row["when"], *verbs})}


@uncollected()
def read_book(folder: Path = FOLDER, weights: Weights | None = None) -> Book:
    """Read every rule file of `folder`. `weights` takes the place of its weights.toml."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    parted = {name: parted_patterns(files["verbs"], frame) for name, frame in _PARTED.items()}
    parts = join_verbs(files["parts"]["parts"], files["verbs"])
    parts = Parts(parts | {name.strip("<>"): f"({'|'.join(patterns)})" for name, patterns in parted.items()})

    def rules(name: str) -> Iterable[Rule]:
        for content in files.values():
            for row in content.get(name, ()):
                yield _rule(_with_parted(row, parted), parts)

    written = tuple(rules("form"))
    signs = tuple(_for_likes(sign, written) for sign in rules("sign"))
    shown = tuple(rule for rule in signs if rule.pattern)
    forms = tuple(sorted((one for form in written for one in _members(form, parts)), key=lambda rule: rule.last))
    ways = {id(form): ways_of(form.needs) for form in forms}
    conditions = tuple(rules("condition"))
    kinds = tuple(
        KindRule(
            CommitmentKind(row["kind"]),
            _pattern(row["pattern"], parts),
            needs(row["pattern"], parts),
            tuple(row["examples"]),
            tuple(row["counter_examples"]),
        )
        for row in files["kinds"]["kind"]
    )
    return Book(
        written=written,
        forms=forms,
        opened_by={
            (register, dated, told): Shelf(
                [one for one in forms if register in one.registers and one.dated <= dated and one.told <= told], ways
            )
            for register in Register
            for dated in (False, True)
            for told in (False, True)
        },
        signs=shown,
        shown_by=Shelf(shown),
        hung_on=Shelf(conditions),
        led_in_by=tuple(rules("lead")),
        item=tuple(rules("item")),
        told_by=Shelf(kinds),
        properties={rule.id: rule for rule in signs if not rule.pattern},
        conditions=conditions,
        kinds=kinds,
        weights=weights or Weights.from_rows(files["weights"]),
        infinitives=files["words"]["infinitives"],
        dropped=compiled(rf"\b(?:{expand(files['words']['dropped'], parts)})\b"),
        deeds=compiled(expand("<doen>", parts)),
        parts=parts,
    )


@cache
def load() -> Book:
    """Return the rules that ship with the product; read once, and whatever was compiled of them taken along."""
    engine = Path(__file__).resolve().parents[1]
    sources = (*FOLDER.glob("*.toml"), *engine.glob("*.py"), *engine.glob("statements/*.py"))
    book = kept_rules.read("statements", sources, partial(read_book, FOLDER))
    for pattern in book.patterns():
        pattern.take()
    gc.freeze()  # they stay as long as the process: the garbage collector need not walk through them again and again
    return book
