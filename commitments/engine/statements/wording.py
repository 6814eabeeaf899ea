"""The words of a proposal: its kind, its one-line summary, and the member it answers."""

import re

from commitments.engine.statements.patterns import fold
from commitments.engine.statements.rules import Book
from commitments.engine.types import CommitmentKind

LONGEST = 110
_NAMED = re.compile(
    r"\b(?:[Mm]ijnheer|[Mm]evrouw|[Mm]eneer|[Cc]ollega|[Dd]e heer|[Hh]eer)\s+"
    r"((?:(?:[Dd]e|[Vv]an|[Dd]en|[Dd]er|[Vv]ande|[Tt]er|[Tt]en|D['’])\s?)*[A-ZÀ-Ý][\w'’-]+(?:\s(?:de |van |den |der )*[A-ZÀ-Ý][\w'’-]+)?)"
)
_SUBJECT = re.compile(r"\b(?:ik|we|wij|zal|zullen|ga|gaan|gaat|wordt|worden|er|we gaan)\b")
_TAIL = re.compile(r"[,;:(]|\s[–—-]\s|\s(?:die|dat|waar\w*|zodat|omdat|want|maar|om zo|aangezien|waarop|hoe we)\s")
_ARTICLE = re.compile(r"^(?:de|het|een|dat|dit|deze|die|en|maar|zo|dus|om|in|op)\s+(?=\w)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def kind_of(book: Book, low: str) -> CommitmentKind:
    """Return what is promised in the folded sentence `low`."""
    for rule in book.kinds:
        if rule.pattern.search(low):
            return rule.kind
    return CommitmentKind.ACT


def summarise(book: Book, clause: str, deadline: str) -> str:
    """Return a short line made of the clause's own words: no finite auxiliary, no pronoun, no filler, no deadline."""
    line = clause.replace(deadline, " ") if deadline else clause
    line = _SPACES.sub(" ", line).strip(" .!?;:,")
    tail = _TAIL.search(line, min(len(line), 25))
    low = fold(line)
    if tail:
        line, low = line[: tail.start()], low[: tail.start()]
    marks = sorted(
        [m.span() for m in _SUBJECT.finditer(low)] + [m.span() for m in book.dropped.finditer(low)], reverse=True
    )
    for start, end in marks:
        line = line[:start] + line[end:]
    words = _SPACES.sub(" ", line).strip(" ,.;:").split()
    participle = words[-1].lower() if words else ""
    if participle in book.infinitives:
        words[-1] = book.infinitives[participle]
    elif participle.endswith("eerd") and participle.startswith("ge"):
        words[-1] = participle[2:-2] + "en"
        words[-1] = participle[2:-4] + "eren"
    line = " ".join(words)
    shorter = _ARTICLE.sub("", line)
    line = shorter if len(shorter) > 12 else line
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]


def named_member(sentence: str) -> str:
    """Return the name of the member spoken to in `sentence` ("Mijnheer De Loor, …"), or ''."""
    found = _NAMED.search(sentence)
    return found[1].strip() if found else ""
