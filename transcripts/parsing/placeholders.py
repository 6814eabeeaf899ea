"""Words that stand for words still to come, in a report that is published before it is complete."""

import re
from collections.abc import Iterable

from transcripts.messages import Message, Sentence
from transcripts.parsing.transcript import Turn

# "Cijfers zijn nog niet beschikbaar" is an answer: with a verb it has to be about the text itself.
_PLACEHOLDER = re.compile(
    r"\W*(?:(?:(?!(?:is|zijn|was|waren)\b)\w+\s+){0,5}"
    r"|(?:\w+\s+){0,2}(?:tekst\w*|fragment|tussenkomst|uiteenzetting|bijdrage|verslagtekst)\s+(?:\w+\s+){0,8}(?:is|zijn)\s+)"
    r"nog niet beschikbaar\W*",
    re.IGNORECASE,
)
_LONGEST = 200  # characters
_NOTICE = re.compile(r"[^.?!]{0,60}\bvoorlopige?\s+(?:verslag|versie|tekst)\b[^?!]{0,200}", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Tell whether a turn holds nothing but the notice that its words are not available yet."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None


def is_notice(words: str) -> bool:
    """Tell whether a line outside the speeches says that the whole report is provisional."""
    return len(words) <= 2 * _LONGEST and _NOTICE.fullmatch(words) is not None


def told_provisional(turns: Iterable[Turn], *, noticed: bool = False) -> list[Message]:
    """Return what to tell of a report that is not complete: how many turns wait for their words, else the notice."""
    waiting = sum(
        is_placeholder(turn.text) or (not turn.text and any(is_placeholder(words) for _, words in turn.notes))
        for turn in turns
    )
    found = [Sentence.PROVISIONAL(number=waiting)] if waiting else []
    return [*found, Sentence.PAGE_PROVISIONAL()] if noticed else found
