"""The words of a proposal: its kind, its one-line summary, and the member it answers."""

import re

from commitments.engine.statements.patterns import fold
from commitments.engine.statements.rules import Book
from commitments.engine.types import CommitmentKind

LONGEST = 110
_NAMED = re.compile(
    r"\b(?:[Mm]ijnheer|[Mm]evrouw|[Mm]eneer|[Cc]ollega|[Dd]e heer|[Hh]eer)\s+"
    r"((?:(?:[Dd]e|[Vv]an|[Dd]en|[Dd]er|[Vv]ande|[Tt]er|[Tt]en|D['’])\s?)*[A-ZÀ-Ý][\w'’-]+"
    r"(?:\s(?:de |van |den |der )*[A-ZÀ-Ý][\w'’-]+)?)"
)
_SUBJECT = re.compile(r"\b(?:ik|we|wij|zal|zullen|ga|gaan|gaat|wordt|worden|er|laat|laat ik)\b")
_TAIL = re.compile(r"[,;:(]|\s[–—-]\s|\s(?:die|dat|waar\w*|zodat|omdat|want|maar|om zo|aangezien|waarop|hoe we)\s")
_ARTICLE = re.compile(r"^(?:de|het|een|dat|dit|deze|die|en|maar|zo|dus|om|in|op)\s+(?=\w)", re.IGNORECASE)
_LET = re.compile(r"\b(?:ik|we|wij) (?:laat|laten)\b|\blaat ik\b|\blaten (?:we|wij)\b")
_LONG_VOWEL = re.compile(r"(?:aa|ee|oo|uu)[^aeiou]$")
_SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiou]$")
_UNSTRESSED = re.compile(r"[aeiou]\w*[^aeiou]e[lrn]$")
_SOFT = {"f": "v", "s": "z"}
# A weak participle whose stem can be told from it: "meegedeeld", "gebouwd", "herhaald"; not "gestart" or "geleid".
_PARTICIPLE = re.compile(
    r"^((?:aan|af|bij|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|vrij|weg)?(?=ge)|(?=be|ver|her|ont))"
    r"(?:ge)?((?:be|ver|her|ont)?\w*[aeiou]\w*(?:[bdglmnrvwfkpshc]|ng))[dt]$"
)
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
    if words:
        words[-1] = infinitive(book, words[-1])
    if _LET.search(low) and len(words) > 1 and "laten" not in words:
        words.insert(len(words) - 1, "laten")
    line = " ".join(words)
    shorter = _ARTICLE.sub("", line)
    line = shorter if len(shorter) > 12 else line
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]


def infinitive(book: Book, word: str) -> str:
    """Return the infinitive of a participle ("meegedeeld": "meedelen"); any other word as it is."""
    low = word.lower()
    if low in book.infinitives:
        return book.infinitives[low]
    found = _PARTICIPLE.match(low)
    if not found:
        return word
    before, stem = found[1] or "", found[2]
    if _LONG_VOWEL.search(stem):
        stem = stem[:-2] + _SOFT.get(stem[-1], stem[-1])
    elif _SHORT_VOWEL.search(stem) and not _UNSTRESSED.search(stem):
        stem += stem[-1]
    return f"{before}{stem}en"


def named_member(sentence: str) -> str:
    """Return the name of the member spoken to in `sentence` ("Mijnheer De Loor, …"), or ''."""
    found = _NAMED.search(sentence)
    return found[1].strip() if found else ""
