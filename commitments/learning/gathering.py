"""Reads labelled documents into candidates, each with the parts of its sum and what a person made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from commitments.engine import calendars, statements
from commitments.engine.statements.rules import Book
from commitments.engine.types import Register
from commitments.learning.fitting import Example
from commitments.learning.labels import CORE, LabelledDocument
from commitments.learning.matching import same

OPTIONAL, NONE = "optional", "none"
# An optional one may be proposed and may be left: it tells little of what a promise looks like.
MASS = {CORE: 1.0, OPTIONAL: 0.25, NONE: 1.0}
# What no rule was changed for shows how rules do on new text; elsewhere each is right in the sentence it was made for.
UNMENDED = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a labelled document that a form opened.

    place  the document and the number of the item in it
    tier   core, optional or none
    """

    place: tuple[str, int]
    running: bool
    mended: bool
    parts: tuple[str, ...]
    tier: str

    @property
    def document(self) -> str:
        return self.place[0]

    @property
    def right(self) -> bool:
        """Whether it is right to propose it."""
        return self.tier != NONE

    @property
    def mass(self) -> float:
        """How much its document lets it count."""
        return 1.0 if self.mended else UNMENDED

    @property
    def example(self) -> Example:
        return Example(self.parts, self.right, MASS[self.tier] * self.mass)


def gather(documents: Iterable[LabelledDocument], book: Book) -> list[Candidate]:
    """Read every document and pair each candidate with what a person made of it."""
    calendar = calendars.load()
    candidates = []
    for document in documents:
        for number, turns in enumerate(document.items):
            found = statements.candidates(
                turns, said_on=document.said_on, register=document.register, calendar=calendar, book=book
            )
            for one in found:
                words = turns[one.turn].text[one.start : one.end]
                tiers = {label.tier for label in document.labels if same(words, label.quote)}
                tier = CORE if CORE in tiers else OPTIONAL if tiers else NONE
                fired = parts(document.register, (cue.rule for cue in one.reading.cues))
                candidates.append(Candidate((document.name, number), document.running, document.mended, fired, tier))
    return candidates


def parts(register: Register, rules: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the parts of a sum: what it started from in that register, and the rules that fired."""
    return (bias(register), *rules)


def bias(register: Register) -> str:
    """Return the name of what a sum starts from in a register."""
    return f"bias-{register.value}"
