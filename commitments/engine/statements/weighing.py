"""Weighs one sentence: which cues speak for a promise, which against, and how sure that makes us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from commitments.engine.statements.needs import words_of
from commitments.engine.statements.rules import Book, Rule
from commitments.engine.statements.sentences import clause
from commitments.engine.types import Cue, Expression, ExpressionKind, Modifier, Precision, Register

_VERB = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|ga|wordt|worden|is|zijn|heeft|hebben|heb|kan|kunnen|moet|moeten|wil|willen|komt|komen|"
    r"laat|zorgt?|voorzie\w*|vindt|neemt|maakt|geeft|staat|werd|werden|was|waren|had|mag|mogen|zou|zouden)\b"
)
_RELATIVE = re.compile(
    r"\b(?:die|waar\w+|wat|welke|welk|wie|wiens|hoe|of|om|opdat|als|indien|wanneer|terwijl|"
    r"zoals(?! (?:gezegd|afgesproken|beloofd|aangekondigd|gepland|voorzien|vermeld|ik (?:al |net )?(?:zei|heb))))\b"
)
_OPENER = re.compile(
    r"\b(?:die|dat|wie|waar\w*|hoe|of|om|welke?|wat|zodat|zodanig|omdat|zoals|als|indien|wanneer|waarop|want|opdat)\b"
)
_REASON = re.compile(r"\b(?:zodat|zodanig dat|omdat|aangezien|doordat|waardoor|gezien|vermits|daar waar)\b")
# "die" that points ("van die werken") rather than opens a clause of its own.
_POINTING = re.compile(
    r"(?:^|[.?!:;–—-]\s|(?<!\w)(?:van|op|in|aan|met|voor|over|bij|door|naar|tot|uit|om|dat|en|of|maar|want|als|ook|na|tegen|vanaf|"
    r"rond|onder|tussen|tijdens|binnen|volgens|is|zijn|zal|zullen|wordt|worden|al)\s)\W*$"
)
_TO = re.compile(r"\bte\b")
_AND = re.compile(r"\b(?:en|maar)\s+(?:\w+\s+)?$")
_THAT = re.compile(r"(?<=[\w,] )dat\b(?!.*\b(?:wordt|worden|zal|is)\b)")
_DESCRIBING = re.compile(r"\b(?:die|waar(?!na)\w*|welke|zoals|omdat|aangezien|want)\b")
_OF_A_YEAR = re.compile(
    r"\b(?:situatie|begroting\w*|budget\w*|\w*kredieten|middelen|\w*cijfers|gegevens|\w*programma|jaarplan|\w*raming\w*|"
    r"opbrengst\w*|uitgaven|ontvangsten|evolutie|toestand|jaarrekening\w*|jaarverslag)"
    r"(?: voor| van| over)?(?: het)?(?: begrotings| werkings)?(?:jaar)? $"
)
_COMMA = re.compile(r"[,;:]")
_COMING = re.compile(
    r"\b(?:zal|zullen|moet|moeten|klaar|start|starten|verschijn\w*|volg\w*|komt|komen|gaat|gaan|wordt|worden|vindt|begint|"
    r"treedt|treden|ingaat|afgerond)\b"
)
_MAX_READINGS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence comes to.

    start, end   span of the words of the form, in the sentence
    first, last  span of the clause around them
    log_odds     the sum; `cues` are its parts, the form first
    """

    form: str
    start: int
    end: int
    first: int
    last: int
    log_odds: float
    cues: tuple[Cue, ...]
    deadline: Expression | None
    condition: str

    def moved(self, by: int) -> "Reading":
        """Return the same reading, its spans shifted by `by` characters, none of them before the beginning."""
        deadline = self.deadline and self.deadline._replace(start=self.deadline.start + by, end=self.deadline.end + by)
        start, end, first, last = (max(0, at + by) for at in (self.start, self.end, self.first, self.last))
        return replace(self, start=start, end=end, first=first, last=last, deadline=deadline)


def weigh(
    book: Book,
    text: str,
    low: str,
    register: Register,
    expressions: Sequence[Expression],
    *,
    quoted: Sequence[tuple[int, int]] = (),
) -> Reading | None:
    """Return the best reading of the sentence `text` (`low` is the same, folded), or None where no form fits.

    expressions  the time expressions in the sentence, their spans counted in it
    quoted       the spans of the sentence that stand between quotation marks
    """
    words = words_of(low)
    coming = any(e.kind is ExpressionKind.DEADLINE for e in expressions)
    best: Reading | None = None
    signs: list[Rule] | None = None
    for form in book.opened_by[register, coming].look_up(words, low):
        if form.last and best is not None and best.log_odds >= 0:
            break
        position, tries = 0, 0
        while tries < _MAX_READINGS and form.pattern and (found := form.pattern.search(low, position)):
            skip = form.dated and low[max(0, found.start() - 4) : found.start()] == " te "
            if not skip and not (form.unless and _taken_away(form, form.unless, low, found)):
                if signs is None:
                    signs = book.shown_by.look_up(words, low)
                reading = _sum(book, form, found, text, low, words, register, expressions, quoted, signs)
                if best is None or reading.log_odds > best.log_odds:
                    best = reading
            position, tries = found.start() + 1, tries + 1
    return best


def _taken_away(form: Rule, unless: re.Pattern[str], low: str, found: re.Match[str]) -> bool:
    """Tell whether `unless` holds in the sentence or, for a form of that scope, in the clause of the form."""
    if form.scope != "clause":
        return unless.search(low) is not None
    return unless.search(low, *clause(low, *found.span())) is not None


def _sum(
    book: Book,
    form: Rule,
    found: re.Match[str],
    text: str,
    low: str,
    words: set[str],
    register: Register,
    expressions: Sequence[Expression],
    quoted: Sequence[tuple[int, int]],
    signs: Sequence[Rule],
) -> Reading:
    start, end = found.span()
    if "verb" in found.re.groupindex:
        start = found.start("verb")
    first, last = clause(low, start, end)
    opener = _OPENER.search(low, end, last)
    has = book.properties
    subordinate = _subordinate(low, first, start)
    if not subordinate and has["bijzin-dat"].concerns(form.id, register) and _THAT.search(low, first, start):
        subordinate = "bijzin-dat"
    begin = _last_opener(low, first, start) if subordinate or "verb" in found.re.groupindex else first
    core = begin, (opener.start() if opener else last)
    heaviest: dict[str, Cue] = {}

    def add(rule: Rule, said: str) -> None:
        cue = Cue(rule.id, book.worth(rule), said, rule.why)
        other = heaviest.get(rule.group)
        if other is None or abs(cue.weight) > abs(other.weight):
            heaviest[rule.group] = cue

    for sign in signs:
        if not sign.concerns(form.id, register):
            continue
        a, b = _where(sign.scope, start, (first, last), core, len(low))
        hit = sign.pattern.search(low, a, b) if sign.pattern else None
        if hit and not (sign.unless and sign.unless.search(low, a, b)):
            add(sign, text[hit.start() : hit.end()])
    if text.rstrip(" \"'”’)").endswith("?"):
        add(has["vraag"], "?")
    if text.endswith(":"):
        add(has["aanloop"], ":")
    if any(a <= start < b for a, b in quoted):
        add(has["citaat"], "")
    if subordinate and has[subordinate].concerns(form.id, register):
        add(has[subordinate], "")
    for name in ("geschreven-antwoord", "beleidsnota"):
        if has[name].concerns(form.id, register):
            add(has[name], "")
    deadline = choose(expressions, low, (first, last), end)
    if deadline:
        dated = deadline.kind is ExpressionKind.DEADLINE
        add(has["einddatum" if dated else "vage-termijn"], deadline.text)
    condition = _condition(book, text, low, words)
    if condition:
        rule = book.conditions[0]
        add(rule, condition)
    cues = (Cue(form.id, book.worth(form), _shorten(text[start:end]), form.why), *heaviest.values())
    total = book.weights.bias[register] + sum(cue.weight for cue in cues)
    return Reading(form.id, start, end, first, last, total, cues, deadline, condition)


def _where(scope: str, start: int, clause_: tuple[int, int], core: tuple[int, int], length: int) -> tuple[int, int]:
    places = {"core": core, "clause": clause_, "before": (0, start)}
    return places.get(scope, (0, length))


def _last_opener(low: str, first: int, verb: int) -> int:
    """Return where the clause that `verb` closes begins: at the last "dat", "die", "en" or "maar" before it."""
    if _AND.search(low, max(first, verb - 14), verb):
        return verb
    begin = first
    for opener in _OPENER.finditer(low, first, verb):
        begin = opener.start()
    return begin


def _subordinate(low: str, first: int, start: int) -> str:
    """Return the id of the property when the form stands in a clause that only describes or explains, else ''."""
    before = low[first:start]
    for name, pattern in (("bijzin", _RELATIVE), ("reden", _REASON)):
        opener = None
        for mark in pattern.finditer(before):
            if mark[0] != "die" or not _POINTING.search(low[max(0, first + mark.start() - 12) : first + mark.start()]):
                opener = mark
        if opener and not _VERB.search(before, opener.end()):
            fronted = opener[0] == "om" and _TO.search(before, opener.end())
            return "" if fronted else name
    return ""


def choose(expressions: Sequence[Expression], low: str, clause_: tuple[int, int], end: int) -> Expression | None:
    """Return the expression that tells when: of the same clause before others, a real deadline before a vague one.

    end  where the words of the promise end; an expression in a clause after it that only describes is left out.
    """
    usable = [
        e
        for e in expressions
        if e.kind in (ExpressionKind.DEADLINE, ExpressionKind.VAGUE)
        and (e.modifier is Modifier.BY or not _describes(low, end, e.start))
        and not _attribute(low, e)
    ]

    def rank(e: Expression) -> tuple[bool, bool, bool, int]:
        inside = clause_[0] <= e.start < clause_[1]
        # "de dossiers van voor 1 juli", "de cijfers van februari": an attribute, if there is anything else
        attribute = e.text[:4].lower() == "van "
        return e.kind is not ExpressionKind.DEADLINE, attribute, not inside, e.start

    return min(usable, key=rank, default=None)


def _attribute(low: str, e: Expression) -> bool:
    """Tell whether the year belongs to what is handled ("de situatie voor 2032") rather than to when."""
    return e.precision is Precision.YEAR and _OF_A_YEAR.search(low, max(0, e.start - 50), e.start) is not None


def _describes(low: str, end: int, at: int) -> bool:
    """Tell whether `at` stands in a clause after `end` that describes what is ("het geld dat er was voor …")."""
    opener = None
    for mark in _DESCRIBING.finditer(low, end, max(end, at)):
        # "u krijgt die binnen de maand": what is given, not the opening of a clause
        if mark[0] != "die" or mark.start() > end + 1:
            opener = mark
    if opener is None or _COMMA.search(low, opener.end(), at):
        return False
    stop = _COMMA.search(low, at)
    return not _COMING.search(low, opener.end(), stop.start() if stop else len(low))


def _condition(book: Book, text: str, low: str, words: set[str]) -> str:
    for rule in book.conditions:
        if rule.pattern and rule.needs.met(words, low):
            found = rule.pattern.search(low)
            if found:
                _, end = clause(low, found.start(), found.end())
                return text[found.start() : end].strip()
    return ""


def _shorten(said: str) -> str:
    """Return the first and last words of a long run of words, with dots for what stands between."""
    parts = said.split()
    return said if len(parts) <= 5 else " ".join([*parts[:2], "…", *parts[-2:]])
