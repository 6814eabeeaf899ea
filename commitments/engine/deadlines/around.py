"""The look at the words around a reading: names, counts, postcodes and idioms that only seem to be a time."""

import re
from collections.abc import Callable

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.readings import Outcome, Reading
from commitments.engine.deadlines.tense import sort_of
from commitments.engine.types import ExpressionKind, Precision

NONE, DURATION = ExpressionKind.NONE, ExpressionKind.DURATION

LEFT_WORD = re.compile(r"([^\s,;:.!?()\[\]\"“”„«»]+)[ ]*$")
SITTING_YEAR = re.compile(r"(\d{4})[-–/](\d{2,4})")
EVERY_YEAR = re.compile(r"jaarlijks|(?:elk|ieder) jaar|om de \w+ jaar")
ANOTHER_CLAUSE = re.compile(r"[.,;:?!()]| (?:en|maar|of|dat|die|want|omdat|zodat|om|waar\w*) ")
_ADJECTIVES = r"(?:[^\W\d_]+(?<!i)e ){0,2}"
_NOUN = r"(?!(?:van|door|in|op|aan|met|voor|bij|en|of|is|zijn) )[^\W\d_][\w-]*"
# what is left of `na de | publicatie van het besluit`; no word more where a preposition or a comma follows
EVENT = re.compile(
    rf"(?: {_ADJECTIVES}{_NOUN})?(?: van (?:de|het|een|dit|deze|die|dat|onze|mijn|hun|uw) {_ADJECTIVES}{_NOUN})?"
)
SENTENCE_STOP = re.compile(r"[.?!;](?=\s|$)")
CLAUSE_STOP = re.compile(r"[,.?!;:]")
DONE = re.compile(r"\b(?:is|zijn|heb|hebt|heeft|hebben)(?: \w+(?:d|t|en))?\s*$")
WINDOW = 80
OPEN = re.compile(r"\b(?:open|gesloten|dicht|toegankelijk|bereikbaar|telefonisch|openingsuren|zitdag|spreekuur)\b")
STAYS = re.compile(r"\b(?:is|zijn|was|waren|blijft|blijven|enkel|alleen|telkens|openingsuren|zitdag|spreekuur)\b")
OPENS_SUBJECT = frozenset(
    {
        *w.DETERMINERS,
        "dit",
        "deze",
        "die",
        "dat",
        "alle",
        "we",
        "wij",
        "ik",
        "u",
        "er",
        "onze",
        "mijn",
        "men",
        "ze",
        "zij",
    }
    | {"hij", "iedereen", "beide", "zo'n", "hun", "uw"}
)
RIGHT_WORD = re.compile(r"[ ]*([^\W\d_][\w'-]*|[%€°])")


FINITE = {"past", "present", "will", "would", "perfect"}
AIMS = ("streefdatum", "deadline", "einddatum", "streefjaar", "doel", "richtdatum")
CALLED = re.compile(r"(?:^|[.?!] )[^ ]+,$")  # `Minister, 2030 lijkt ver weg`
NOTHING = Outcome(NONE, None, None, Precision.VAGUE, None, ("nothing",))


def quiet(rule: str, kind: ExpressionKind = NONE) -> Outcome:
    return Outcome(kind, None, None, Precision.VAGUE, None, (rule,))


def left_word(plain: str, start: int) -> str:
    match = LEFT_WORD.search(plain, max(0, start - 40), start)
    return match[1] if match else ""


def right_word(plain: str, end: int) -> str:
    match = RIGHT_WORD.match(plain, end, end + 40)
    return match[1] if match else ""


def _year(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """Four digits behind a preposition: not where they count something or stand before a town."""
    right = right_word(plain, end)
    if right in w.COUNTED or right == "%":
        return quiet("count")
    number = plain[end - 4 : end]
    if number.isdecimal() and right in w.POSTCODES.get(int(number), ()) and cased[end : end + 3].lstrip()[:1].isupper():
        return quiet("postcode")
    if plain[end : end + 2].startswith(("/", ".")) and plain[end + 1 : end + 2].isdigit():
        return quiet("document-number")
    left = plain[max(0, start - 2) : start].rstrip()
    return quiet("count") if left.endswith("€") else None


def _of_year(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    left = left_word(plain, start)
    if left in w.COMPARING:
        return quiet("compared")
    return (
        quiet("name")
        if left in w.NAMES or left.endswith(("decreet", "begroting", "akkoord"))
        else _year(plain, cased, start, end)
    )


def _bare_year(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """Four digits on their own: a date only after a verb, a comma, a conjunction or at the start."""
    before = plain[max(0, start - 60) : start]
    stripped = before.rstrip()
    right = right_word(plain, end)
    number = plain[end - 4 : end]
    if right in w.COUNTED or right == "%" or stripped.endswith(("€", "/", "+", "tel.", "nr.")):
        return quiet("count")
    if plain[end : end + 1] in "/." and plain[end + 1 : end + 2].isdigit():
        return quiet("document-number")
    if plain[end : end + 6].lstrip(", ").startswith("nr"):
        return quiet("document-number")
    if number.isdecimal() and right in w.POSTCODES.get(int(number), ()):
        return quiet("postcode")
    if stripped.endswith("("):
        inside = stripped[:-1].rstrip()
        years = SITTING_YEAR.fullmatch(plain, start, end)
        if inside[-1:].isdigit() and (years is None or int(years[2][-2:]) == (int(years[1]) + 1) % 100):
            return quiet("document-number")
        word = left_word(inside, len(inside))
        return quiet("name") if word and cased[start - len(before) + before.rfind(word)].isupper() else None
    last = left_word(plain, start)
    if not last or stripped.endswith((",", ";", ":", ".", "?", "!")):
        return _subject(plain, cased, start, end)
    if last[0].isdigit():
        return quiet("document-number")
    if last in w.BEFORE_YEAR:
        return None
    return quiet("name")


def _spread(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`gespreid over drie jaar` is a length."""
    left = left_word(plain, start)
    if left in w.SPREAD or right_word(plain, end) in ("gespreid", "verspreid", "verdeeld", "uitgesmeerd", "heen"):
        return quiet("duration", DURATION)
    return None


def _for(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`noodscenario's voor de zomer`: for it, not before it."""
    left = left_word(plain, start)
    return quiet("for") if left in w.BUDGET or left.endswith(w.BUDGET_ENDINGS) else None


def _morgen(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """The newspaper De Morgen; goede morgen."""
    if (cased[end - 6 : end] == "Morgen" and plain[:start].rstrip().endswith((" de", "in", "van"))) or (
        cased[max(0, start - 3) : end].endswith("De Morgen")
    ):
        return quiet("name")
    return quiet("idiom") if left_word(plain, start) in ("goede", "goeie", "de") else None


STILL = {"altijd", "steeds", "een", "geen", "niet", "veel", "maar", "te", "zo", "heel", "zeer"}


def _name(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """Mei Ling, April Peeters: a month on its own with a capital before another is a name."""
    after = cased[end : end + 3].lstrip()
    here = cased[start:end]
    return NOTHING if here[:1].isupper() and not here.isupper() and after[:1].isupper() else None


def _subject(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`2030 lijkt nog ver`, `De paasvakantie begint op`: what the sentence is about, unless it is named as the aim."""
    before = plain[max(0, start - 60) : start].rstrip()
    opened = not before or before[-1] in ".?!;" or (before[-1] == "," and CALLED.search(before))
    if not opened or sort_of(right_word(plain, end)) not in FINITE:
        return None
    return None if any(aim in plain[end : end + 40] for aim in AIMS) else quiet("subject")


def _named(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`de paasvakantie`, `het nieuwe schooljaar` without a preposition: when it is only as an answer."""
    left = left_word(plain, start)
    if not left or left in w.BEFORE_YEAR or plain[:start].rstrip().endswith((",", ";", ":", ".", "?", "!")):
        return _subject(plain, cased, start, end)
    return quiet("subject")


def _today(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`gerichter dan vandaag`: a comparison. `vandaag nog altijd`: what is so up to now."""
    if plain.endswith("nog", start, end) and right_word(plain, end) in STILL:
        return quiet("present")
    return quiet("compared") if left_word(plain, start) == "dan" else None


def _ever(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`meer dan ooit`, `de strengste ooit`: of all times, not some day."""
    left = left_word(plain, start)
    return quiet("compared") if left == "dan" or (left.endswith("ste") and len(left) > 4) else None


def _later(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    left = left_word(plain, start)
    return NOTHING if left in ("vroeg", "vroeger", "of", "niet", "geen") else None


def _fraction(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`voor 2/3 van de leden`: a share, not the second of March."""
    digits = re.search(r"(\d+)[./](\d+)$", plain[start:end])
    right = right_word(plain, end)
    if right in w.COUNTED or right in ("van", "meerderheid", "der", "de") or plain[end : end + 1] in ("%", "/"):
        return quiet("count")
    if digits and "." in digits[0]:
        return quiet("count")
    if digits and int(digits[1]) < int(digits[2]) <= 5 and plain[start : start + 3] not in ("op ", "teg", "van", "uit"):
        return quiet("count")
    return None


def _next_event(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    return None if right_word(plain, end) else NOTHING


def _weekday(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`op maandag en vrijdag open`: opening hours, of every week."""
    left = plain[max(0, start - WINDOW) : start]
    left = left[max(map(left.rfind, ".?!;")) + 1 :]
    right = plain[end : end + WINDOW]
    sentence = left + SENTENCE_STOP.split(right, maxsplit=1)[0]
    return quiet("frequency", ExpressionKind.FREQUENCY) if OPEN.search(sentence) and STAYS.search(sentence) else None


def _clause_start(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`Eens het klaar is, ...`: a conjunction opens its clause and is followed by a subject; a question is none."""
    left = plain[max(0, start - 8) : start].rstrip()
    if left and not left.endswith((".", ",", ";", ":", "!", "?", "-", "–", " en", " maar", " want")):
        return NOTHING
    if right_word(plain, end) not in OPENS_SUBJECT:
        return NOTHING
    stop = SENTENCE_STOP.search(plain, end, end + 300)
    return NOTHING if stop and stop.group() == "?" else None


def _done_clause(plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """`Wanneer het advies er is, ...`: something will have been done; `wanneer het gaat over ...` is no such clause."""
    outcome = _clause_start(plain, cased, start, end)
    if outcome is not None:
        return outcome
    stop = CLAUSE_STOP.search(plain, end, end + 300)
    return None if DONE.search(plain[end : stop.start() if stop else end + 300]) else NOTHING


def belongs_to_frequency(plain: str, often: str, since: int, start: int) -> bool:
    """`jaarlijks aan het agentschap tegen 31 maart`: what comes back every year, some words before in its clause."""
    between = plain[since:start]
    return len(between) < WINDOW and EVERY_YEAR.fullmatch(often) is not None and not ANOTHER_CLAUSE.search(between)


def to_end_of_event(plain: str, end: int) -> int:
    """The place after the event that a term hangs on: `na de publicatie van het besluit`."""
    match = EVENT.match(plain, end, end + WINDOW)
    return match.end() if match else end


Guard = Callable[[str, str, int, int], Outcome | None]
GUARDS: dict[str, Guard] = {
    "year": _year,
    "of-year": _of_year,
    "bare-year": _bare_year,
    "spread": _spread,
    "for": _for,
    "morgen": _morgen,
    "name": _name,
    "subject": _subject,
    "named": _named,
    "today": _today,
    "later": _later,
    "ever": _ever,
    "fraction": _fraction,
    "next-event": _next_event,
    "weekday": _weekday,
    "clause-start": _clause_start,
    "done-clause": _done_clause,
}


def refused(reading: Reading, plain: str, cased: str, start: int, end: int) -> Outcome | None:
    """What a reading really is, where the words around it say so; NOTHING to leave it out; None to keep it."""
    return GUARDS[reading.guard](plain, cased, start, end)
