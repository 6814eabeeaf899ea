"""How far a promise reaches: the sentence that only says when it will be done, and the deadline it shares."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from commitments.engine.statements.rules import Book
from commitments.engine.statements.sentences import Sentence
from commitments.engine.statements.weighing import Reading
from commitments.engine.types import Cue, Expression, ExpressionKind

# "Dat zal in mei klaar zijn", "Het project moet in mei rond zijn", "Dit gebeurt volgende week".
_DONE = re.compile(
    r"\b(?:klaar|afgerond|rond|voltooid|opgeleverd|gefinaliseerd|afgewerkt|beschikbaar|operationeel|gebeuren|gebeurt|"
    r"gebeurd|volgen|volgt|plaatsvinden|landen|bezorgd|gereed|ingaan|in werking|van start|starten|start|duren)\b"
)
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:en|maar) )?(?:(?:ook )?(?:dat|dit|deze|die|ze|zij|alles|daarmee|beide|alle)\b|"
    r"(?:het|de) (?:\w+ )?(?:\w*project|\w*plan|\w*studie|\w*onderzoek|\w*traject|\w*werken|\w*evaluatie|\w*rapport|"
    r"\w*oefening|\w*analyse|\w*ontwerp|\w*nota|\w*resultaten|timing|planning|bedoeling|deadline|oplevering|afronding)\b)"
)
_NAMES_DAY = re.compile(
    r"^\W*(?:(?:en|maar) )?(?:de|onze|mijn|als) (?:\w+ )?"
    r"(?:richtdatum|streefdatum|timing|planning|deadline|einddatum|oplevering|inwerkingtreding|afronding|eindnota|"
    r"eindrapport|resultaten|uitrol|publicatie)\b"
    r"|^\W*(?:ik verwacht|we verwachten|wij verwachten|dat verwacht ik|die verwacht ik) (?!dat\b)"
)
# "Dat zal nog dit voorjaar zijn", "Wij willen die oefening tegen eind 2032 afronden".
_IS_THEN = re.compile(r"^\W*(?:en )?(?:dat|dit) (?:zal|zou|moet) .*\b(?:zijn|worden|doen)\W*$")
_FINISHED = re.compile(
    r"\b(?:dat|die|dit|deze|daarmee|ermee|het|alles)\b.*\b(?:afronden|afgerond|finaliseren|landen|afwerken|afsluiten)\W*$"
)
_BARE = re.compile(r"\b(?:is|zijn|zal|zullen|wordt|worden|heeft|hebben|gaat|gaan|komt|kan|moet|werd|was)\b")
_ASIDE = re.compile(
    r"^\W*(?:nog|tegen|voor|uiterlijk|in|op|binnen|eind|begin|midden|ten laatste|vanaf|deze|dit|volgende?)\b"
)
_SAME_TIME = re.compile(
    r"\b(?:dan (?:ook )?(?:meteen )?tegelijk|tegelijk(?:ertijd)?|gelijktijdig|op dat (?:moment|ogenblik))\b"
)
# What a day in the next sentence can lift a sentence by, as a part of what it is worth in the same one.
_ONE_BREATH_ON = 1 / 3
_SHORT = 6
_LONGEST_ADDITION = 18


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that passed: its turn, the sentences it spans, its reading, and its deadline counted in the turn.

    first, last  indices of its first and last sentence
    """

    turn: int
    first: int
    last: int
    paragraph: int
    reading: Reading
    deadline: Expression | None

    @property
    def dated(self) -> bool:
        return self.deadline is not None and self.deadline.kind is ExpressionKind.DEADLINE


def may_yet(log_odds: float, book: Book) -> bool:
    """Tell whether a sentence with this sum is a promise, or becomes one when the next sentence says when."""
    return book.convinces(log_odds + _ONE_BREATH_ON * max(0.0, book.worth(book.properties["einddatum"])))


def join(
    found: Sequence[Found],
    low: str,
    sentences: Sequence[Sentence],
    deadlines: Callable[[int, int], Sequence[Expression]],
    book: Book,
) -> list[Found]:
    """Return `found` with each deadline of a neighbouring sentence given to the promise it belongs to.

    deadlines  asked for the coming deadlines in [start, end) of the turn
    """
    by_sentence = {one.first: one for one in found}
    joined: list[Found] = []
    for number in sorted({at for one in found for at in (one.first, one.first + 1) if at < len(sentences)}):
        sentence = sentences[number]
        mine = by_sentence.get(number)
        before = joined[-1] if joined and joined[-1].last == number - 1 else None
        text = low[sentence.start : sentence.end]
        if before and before.paragraph == sentence.paragraph and not text.endswith("?"):
            own = [] if before.dated else deadlines(sentence.start, sentence.end)
            if own and _says_when(text, alone=_stands_alone(mine, book)):
                when = mine.deadline if mine and mine.dated else own[0]
                surer = _surer(before.reading, book, when)
                if book.convinces(surer.log_odds):
                    _spread(joined, when)
                    joined[-1] = replace(before, last=number, deadline=when, reading=surer)
                    continue
            if mine and not mine.dated and before.dated and _SAME_TIME.search(text):
                mine = replace(mine, deadline=before.deadline)
        if mine:
            joined.append(mine)
    return joined


def _surer(reading: Reading, book: Book, when: Expression | None) -> Reading:
    """Add to a reading what a deadline in the next sentence is worth."""
    dated = book.properties["einddatum"]
    if when is None or any(cue.rule == dated.id for cue in reading.cues):
        return reading
    cue = Cue(dated.id, book.worth(dated), when.text, dated.why)
    return replace(reading, log_odds=reading.log_odds + cue.weight, cues=(*reading.cues, cue))


def _stands_alone(one: Found | None, book: Book) -> bool:
    """Tell whether a sentence would be a promise without its deadline, too ("De resultaten bezorg ik u in mei")."""
    if one is None:
        return False
    dated = sum(cue.weight for cue in one.reading.cues if cue.rule == "einddatum")
    return book.convinces(one.reading.log_odds - dated)


def _says_when(text: str, *, alone: bool) -> bool:
    """Tell whether a sentence with a deadline only says when the sentence before it will be done.

    alone  whether it would be a promise of its own without the deadline
    """
    words = len(text.split())
    aside = text.split(",", 1)[0]
    if (
        not alone
        and len(aside.split()) <= _SHORT
        and not _BARE.search(aside)
        and (aside == text or _ASIDE.match(aside))
    ):
        return True
    if words > _LONGEST_ADDITION:
        return False
    if (not alone and _NAMES_DAY.search(text)) or _IS_THEN.search(text) or _FINISHED.search(text):
        return True
    return bool(_POINTS_BACK.search(text) and _DONE.search(text))


def _spread(joined: list[Found], when: Expression | None) -> None:
    """Give the deadline of a finished project to the undated promises that stand right before the last one, too."""
    last = joined[-1]
    for at in range(len(joined) - 2, -1, -1):
        one = joined[at]
        if one.dated or one.paragraph != last.paragraph or one.last != joined[at + 1].first - 1:
            return
        if not one.reading.form.startswith("zal"):
            return
        joined[at] = replace(one, deadline=when)
