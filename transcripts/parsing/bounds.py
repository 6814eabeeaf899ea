"""How much one paper may hold: more than a hundred reports do, and no more than is read and kept within seconds.

A text of the length that is allowed can hold very many short turns, each of somebody else; none of these costs much,
but all together they would.
"""

from collections.abc import Sequence

from transcripts.messages import Sentence
from transcripts.parsing.transcript import Item
from transcripts.reading.source import UnreadableError

MOST_TURNS = 30_000  # a hundred reports of a whole afternoon; notes in them count as well
MOST_ITEMS = 5_000  # agenda items, or questions joined to them
MOST_PEOPLE = 2_000  # as many have been members of the parliament in all its years, and guests besides


def refuse_more_turns(turns: int) -> None:
    """Raise UnreadableError as soon as there are too many turns, before the rest is read."""
    _refuse(turns, MOST_TURNS)


def refuse_more_items(items: int) -> None:
    """Raise UnreadableError as soon as there are too many agenda items, or questions."""
    _refuse(items, MOST_ITEMS)


def refuse_by_number(items: Sequence[Item]) -> None:
    """Raise UnreadableError for a paper with more items, questions, turns or people than any has."""
    refuse_more_items(max(len(items), sum(len(item.questions) for item in items)))
    refuse_more_turns(sum(1 + len(turn.notes) for item in items for turn in item.turns))
    people = {turn.speaker.name for item in items for turn in item.turns}
    people.update(name for item in items for one in item.questions for name in (one.asker, one.addressee))
    _refuse(len(people), MOST_PEOPLE)


def _refuse(number: int, most: int) -> None:
    if number > most:
        raise UnreadableError(Sentence.TOO_MANY())
