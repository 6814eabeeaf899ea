"""What the words of a promise say of it: its kind, and the member it answers."""

import re

from commitments.engine.statements.rules import Book
from commitments.engine.types import CommitmentKind

_TITLES = ("heer", "Heer", "evrouw", "eneer", "ollega")
_NAMED = re.compile(
    r"\b(?:[Mm]ijnheer|[Mm]evrouw|[Mm]eneer|[Cc]ollega|[Dd]e heer|[Hh]eer)\s+"
    r"((?:(?:[Dd]e|[Vv]an|[Dd]en|[Dd]er|[Vv]ande|[Tt]er|[Tt]en|D['’])\s?)*[A-ZÀ-Ý][\w'’-]+"
    r"(?:\s(?:de |van |den |der )*[A-ZÀ-Ý][\w'’-]+)?)"
)


def kind_of(book: Book, low: str) -> CommitmentKind:
    """Return what is promised in the folded sentence `low`."""
    heard = book.hear(low)
    for rule in book.told_by.look_up(heard):
        if heard.search(rule.pattern):
            return rule.kind
    return CommitmentKind.ACT


def named_member(sentence: str) -> str:
    """Return the name of the member spoken to in `sentence` ("Mijnheer De Loor, …"), or ''."""
    if not any(title in sentence for title in _TITLES):  # in most sentences nobody is spoken to
        return ""
    found = _NAMED.search(sentence)
    return found[1].strip() if found else ""
