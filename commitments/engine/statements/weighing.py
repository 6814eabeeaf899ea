"""Weighs one sentence: which cues speak for a promise, which against, and how sure that makes us."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from commitments.engine.statements.beginnings import Pattern
from commitments.engine.statements.rules import Book, Rule
from commitments.engine.statements.sentences import borders, clause
from commitments.engine.statements.shelves import Heard
from commitments.engine.types import Cue, Expression, ExpressionKind, Modifier, Precision, Register

_VERB = re.compile(
    r"\b(?:zal|zullen|gaat|gaan|ga|wordt|worden|is|zijn|heeft|hebben|heb|kan|kunnen|moet|moeten|wil|willen|komt|komen|"
    r"laat|zorgt?|voorzie\w*|vindt|neemt|maakt|geeft|staat|werd|werden|was|waren|had|mag|mogen|zou|zouden)\b"
)
_RELATIVE = re.compile(
    r"\b(?:die|waar\w+|wat|welke|welk|wie|wiens|hoe|of|om|opdat|als|indien|wanneer|terwijl|"
    r"zoals(?! (?:gezegd|afgesproken|beloofd|aangekondigd|gepland|voorzien|vermeld|ik (?:al |net )?(?:zei|heb))))\b"
)
# "dat" opens a clause where a subject follows ("dat er", "dat de"); else it points back ("we evalueren dat elk jaar").
_OPENER = re.compile(
    r"\b(?:die|dat(?= (?:ik|we|wij|u|jullie|er|het|de|een|die|deze|dit|dat|zij|ze|hij|men|mijn|onze|hun|uw|haar|alle|"
    r"iedereen|mensen|scholen|gemeenten|ouders|vlaanderen|sommige|geen)\b)|wie|waar\w*|hoe|of|om|welke?|wat|zodat|zodanig|omdat|zoals|als|indien|wanneer|waarop|want|opdat)\b"
)
_REASON = re.compile(
    r"\b(?:zodat|zodanig dat|omdat|aangezien|doordat|waardoor|(?<!normaal )gezien|vermits|daar waar)\b"
)
# The words that these begin with, but for those with "waar".
_RELATIVES = frozenset("die wat welke welk wie wiens hoe of om opdat als indien wanneer terwijl zoals".split())
_REASONS = frozenset("zodat zodanig omdat aangezien doordat gezien vermits daar".split())
# "die" that points ("van die werken") rather than opens a clause of its own.
_POINTING = re.compile(
    r"(?:^|[.?!:;–—-]\s|(?<!\w)(?:van|op|in|aan|met|voor|over|bij|door|naar|tot|uit|om|dat|en|of|maar|want|als|ook|na|tegen|vanaf|"
    r"rond|onder|tussen|tijdens|binnen|volgens|dankzij|via|vanuit|naast|bovenop|langs|zonder|is|zijn|zal|zullen|wordt|"
    r"worden|al)\s)\W*$"
)
# "Die cijfers maak ik bekend": the verb before its subject stands in a main clause.
_INVERTED = re.compile(r"\w+ (?:ik|we|wij)\b")
_SHALL_WE = re.compile(r"(?:zal|zullen|ga|gaan|wil|willen) (?:ik|we|wij)\b")  # "Als aandeelhouder zullen we"
_MAIN = {"die": _INVERTED, "welke": _INVERTED, "als": _SHALL_WE}
_TO = re.compile(r"\bte\b")
_AND = re.compile(r"\b(?:en|maar)\s+(?:\w+\s+)?$")
# "We hebben dat vorig jaar gedaan en | de evaluatie volgt": a second main clause, with its own words before its verb.
_ANDS = frozenset(("en", "maar"))
_NEXT_MAIN = re.compile(
    r"\b(?:en|maar)\s+(?=(?:de|het|een|die|dat|deze|dit|er|mijn|onze|alle|elke|ik|we|wij|in|op|na|tegen|vanaf|volgende?|dan|"
    r"ook|nu|binnenkort|momenteel|daar\w*|hier\w*|vandaag|morgen)\s(?:[\w'-]+\s+){0,4}$)"
)
_THAT = re.compile(r"(?<=[\w,] )(?<!\ben )(?<!\bmaar )(?<!\bwant )dat\b(?!.*\b(?:wordt|worden|zal|is)\b)")
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
# Vague, and yet near enough to tell that something is to come.
SOON = ("binnenkort", "eerstdaags", "weldra", "eerlang")
_SOON = re.compile(rf"(?:zeer |heel )?(?:{'|'.join(SOON)})")
_MAX_READINGS = 3
_EVEN = 1e-9  # log-odds: sums of the same parts differ by less


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
    forms: Sequence[Rule],
    text: str,
    heard: Heard,
    register: Register,
    expressions: Callable[[], Sequence[Expression]],
    *,
    quoted: Sequence[tuple[int, int]] = (),
) -> Reading | None:
    """Return the best reading of the sentence `text` (`heard` is the same, folded), or None where no form fits.

    forms        those that may fit, as they are looked up
    expressions  asked for the time expressions in the sentence, their spans counted in it, when they are needed
    quoted       the spans of the sentence that stand between quotation marks
    """
    return _Scales(book, text, heard, register, expressions, quoted).best(forms)


class _Scales:
    """One sentence and what was found in it: whatever several readings have in common is looked for once."""

    def __init__(
        self,
        book: Book,
        text: str,
        heard: Heard,
        register: Register,
        expressions: Callable[[], Sequence[Expression]],
        quoted: Sequence[tuple[int, int]],
    ) -> None:
        self._book, self._text, self._heard, self._low = book, text, heard, heard.low
        self._register, self._quoted, self._ask = register, quoted, expressions
        self._expressions: Sequence[Expression] | None = None
        self._signs: list[Rule] | None = None
        self._borders: list[tuple[int, int]] | None = None
        self._helpful: list[tuple[float, Rule]] | None = None  # the signs that may stand here and speak for a promise
        self._at_most: dict[str, float] = {}  # what else may do so, by group
        self._condition: str | None = None
        self._hits: dict[tuple[str, int, int], str | None] = {}
        self._subordinates: dict[tuple[int, int], str] = {}

    def expressions(self) -> Sequence[Expression]:
        if self._expressions is None:
            self._expressions = self._ask()
        return self._expressions

    def coming(self) -> bool:
        return any(e.kind is ExpressionKind.DEADLINE or _SOON.match(e.text.lower()) for e in self.expressions())

    def signs(self) -> list[Rule]:
        if self._signs is None:
            self._signs = self._book.shown_by.look_up(self._heard)
        return self._signs

    def clause(self, start: int, end: int) -> tuple[int, int]:
        if self._borders is None:
            self._borders = borders(self._low)
        return clause(self._borders, start, end, len(self._low))

    def most(self, form: Rule) -> float:
        """The most that a form can come to here, whatever its reading, in log-odds."""
        has, worth = self._book.properties, self._book.worth
        if self._helpful is None:
            signs = [*self.signs(), has["geschreven-antwoord"], has["beleidsnota"]]
            self._helpful = [(worth(sign), sign) for sign in signs if worth(sign) > 0]
            terms = (has["einddatum"], has["vage-termijn"]) if self.expressions() else ()
            for rule in (*self._book.conditions, *terms):
                self._at_most[rule.group] = max(self._at_most.get(rule.group, 0.0), worth(rule))
        most = self._at_most.copy()
        for weight, sign in self._helpful:
            if weight > most.get(sign.group, 0.0) and sign.concerns(form.id, self._register):
                most[sign.group] = weight
        return worth(form) + self._book.weights.bias[self._register] + sum(most.values())

    def condition(self) -> str:
        if self._condition is None:
            self._condition = ""
            for rule in self._book.hung_on.look_up(self._heard):
                found = self._heard.search(rule.pattern) if rule.pattern else None
                if found:
                    _, end = self.clause(found.start(), found.end())
                    self._condition = self._text[found.start() : end].strip()
                    break
        return self._condition

    def best(self, forms: Sequence[Rule]) -> Reading | None:
        """Return the reading that weighs most, the first of several; a form that cannot outweigh it is passed over."""
        low, heard = self._low, self._heard
        best: _Sum | None = None
        for form in forms:
            if form.last and best is not None and self._book.convinces(best.log_odds):
                break
            position, tries = 0, 0
            while tries < _MAX_READINGS and form.pattern:
                if best is not None and self.most(form) <= best.log_odds + _EVEN:
                    break
                found = heard.search(form.pattern, position)
                if not found or (form.dated and not self.coming()):  # days take longer to read than words to be found
                    break
                skip = form.dated and low[max(0, found.start() - 4) : found.start()] == " te "
                if not skip and not (form.unless and self._taken_away(form, form.unless, found)):
                    one = self._sum(form, found)
                    if best is None or one.log_odds > best.log_odds:
                        best = one
                position, tries = found.start() + 1, tries + 1
        return self._reading(best) if best else None

    def _taken_away(self, form: Rule, unless: Pattern, found: re.Match[str]) -> bool:
        """Tell whether `unless` holds in the sentence or, for a form of that scope, in its clause or core."""
        if form.scope not in ("clause", "core"):
            return self._heard.search(unless) is not None
        first, last = self.clause(*found.span())
        first = _next_main(self._low, first, found.start(), self._heard.words)
        if form.scope == "core":
            opener = _OPENER.search(self._low, found.end(), last)
            last = opener.start() if opener else last
        return self._heard.search(unless, first, last) is not None

    def _sum(self, form: Rule, found: re.Match[str]) -> "_Sum":
        book, low, has, register = self._book, self._low, self._book.properties, self._register
        start, end = found.span()
        if "verb" in found.re.groupindex:
            start = found.start("verb")
        first, last = self.clause(start, end)
        subordinate = self._subordinate(form, first, start)
        heaviest: dict[str, tuple[float, Rule, str]] = {}

        def add(rule: Rule, said: str) -> None:
            weight = book.worth(rule)
            other = heaviest.get(rule.group)
            if other is None or abs(weight) > abs(other[0]):
                heaviest[rule.group] = weight, rule, said

        core: tuple[int, int] | None = None
        for sign in self.signs():
            if not sign.concerns(form.id, register):
                continue
            if sign.scope == "core":
                if core is None:
                    opener = _OPENER.search(low, end, last)
                    own = not (subordinate or "verb" in found.re.groupindex or _AND.search(low, first, start))
                    begin = _next_main(low, first, start, self._heard.words) if own else _last_opener(low, first, start)
                    core = begin, opener.start() if opener else last
                place = core
            elif sign.scope == "clause":
                place = first, last
            else:
                place = 0, start if sign.scope == "before" else len(low)
            hit = self._hit(sign, *place)
            if hit is not None:
                add(sign, hit)
        if self._text.rstrip(" \"'”’)").endswith("?"):
            add(has["vraag"], "?")
        if self._text.endswith(":"):
            add(has["aanloop"], ":")
        if any(a <= start < b for a, b in self._quoted):
            add(has["citaat"], "")
        if subordinate and has[subordinate].concerns(form.id, register):
            add(has[subordinate], "")
        for name in ("geschreven-antwoord", "beleidsnota"):
            if has[name].concerns(form.id, register):
                add(has[name], "")
        deadline = choose(self.expressions(), low, (first, last), end) if self.expressions() else None
        if deadline:
            dated = deadline.kind is ExpressionKind.DEADLINE
            add(has["einddatum" if dated else "vage-termijn"], deadline.text)
        if self.condition():
            add(book.conditions[0], self.condition())
        parts = list(heaviest.values())
        total = book.weights.bias[register] + sum([book.worth(form), *(weight for weight, _, _ in parts)])
        return _Sum(total, form, start, end, first, last, parts, deadline)

    def _hit(self, sign: Rule, a: int, b: int) -> str | None:
        """Return the words that show a sign in [a, b) of the sentence, or None."""
        key = sign.id, a, b
        if key not in self._hits:
            hit = self._heard.search(sign.pattern, a, b) if sign.pattern else None
            if hit and sign.unless and self._heard.search(sign.unless, a, b):
                hit = None
            self._hits[key] = self._text[hit.start() : hit.end()] if hit else None
        return self._hits[key]

    def _subordinate(self, form: Rule, first: int, start: int) -> str:
        """Return the id of the property that says in what kind of dependent clause a form stands, or ''."""
        low, key = self._low, (first, start)
        if key not in self._subordinates:
            self._subordinates[key] = _subordinate(low, first, start, self._heard.words)
        that = self._book.properties["bijzin-dat"]
        if self._subordinates[key] or not that.concerns(form.id, self._register):
            return self._subordinates[key]
        return that.id if "dat" in self._heard.words and _THAT.search(low, first, start) else ""

    def _reading(self, one: "_Sum") -> Reading:
        form, text = one.form, self._text
        said = Cue(form.id, self._book.worth(form), _shorten(text[one.start : one.end]), form.why)
        cues = (said, *(Cue(rule.id, weight, words, rule.why) for weight, rule, words in one.parts))
        return Reading(
            form.id, one.start, one.end, one.first, one.last, one.log_odds, cues, one.deadline, self.condition()
        )


class _Sum(NamedTuple):
    """A reading before its words are put together. parts: weight, rule and words of all but the form."""

    log_odds: float
    form: Rule
    start: int
    end: int
    first: int
    last: int
    parts: list[tuple[float, Rule, str]]
    deadline: Expression | None


def _next_main(low: str, first: int, start: int, words: Set[str]) -> int:
    """Return where the main clause of a form begins: behind the "en" that ends another one, else at `first`."""
    mark = None if _ANDS.isdisjoint(words) else _NEXT_MAIN.search(low, first, start)
    return mark.end() if mark and _VERB.search(low, first, mark.start()) else first


def _last_opener(low: str, first: int, verb: int) -> int:
    """Return where the clause that `verb` closes begins: at the last "dat", "die", "en" or "maar" before it."""
    if _AND.search(low, max(first, verb - 14), verb):
        return verb
    begin = first
    for opener in _OPENER.finditer(low, first, verb):
        begin = opener.start()
    return begin


def _subordinate(low: str, first: int, start: int, words: Set[str]) -> str:
    """Return the id of the property when the form stands in a clause that only describes or explains, else ''."""
    before = low[first:start]
    for name, pattern, openers in (("bijzin", _RELATIVE, _RELATIVES), ("reden", _REASON, _REASONS)):
        if openers.isdisjoint(words) and "waar" not in before:
            continue
        opener = None
        for mark in pattern.finditer(before):
            if mark[0] != "die" or not _POINTING.search(low[max(0, first + mark.start() - 12) : first + mark.start()]):
                opener = mark
        if opener and opener[0] in _MAIN and _MAIN[opener[0]].match(low, start):
            opener = None
        if opener and not _VERB.search(before, opener.end()):
            fronted = opener[0] == "om" and _TO.search(before, opener.end())
            return "" if fronted else name
    return ""


def choose(expressions: Sequence[Expression], low: str, clause_: tuple[int, int], end: int) -> Expression | None:
    """Return the expression that tells when: of the same clause before others, a real deadline before a vague one.

    end  where the words of the promise end; an expression in a clause after it that only describes is left out.
    """

    def rank(e: Expression) -> tuple[bool, bool, bool, int]:
        inside = clause_[0] <= e.start < clause_[1]
        # "de dossiers van voor 1 juli", "de cijfers van februari": an attribute, if there is anything else
        attribute = e.text[:4].lower() == "van "
        return e.kind is not ExpressionKind.DEADLINE, attribute, not inside, e.start

    told = [e for e in expressions if e.kind in (ExpressionKind.DEADLINE, ExpressionKind.VAGUE)]
    for e in sorted(told, key=rank) if len(told) > 1 else told:
        if (e.modifier is Modifier.BY or not _describes(low, end, e.start)) and not _attribute(low, e):
            return e
    return None


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


def _shorten(said: str) -> str:
    """Return the first and last words of a long run of words, with dots for what stands between."""
    parts = said.split()
    return said if len(parts) <= 5 else " ".join([*parts[:2], "…", *parts[-2:]])
