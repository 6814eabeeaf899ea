"""Makes the short line that serves as a title, from the promise's own words and with its verb in the infinitive."""

import re

from commitments.engine.statements.patterns import fold
from commitments.engine.statements.rules import Book

LONGEST = 110

_AUXILIARY = frozenset(
    "zal zullen ga gaan gaat laat laten wil willen heb hebben ben zijn kan kunnen moet moeten mag zou zouden".split()
)
_FIRST_PERSON = re.compile(r"\b(?:(?:ik|we|wij) ([a-zà-ÿ]{3,})|([a-zà-ÿ]{3,}) (?:ik|we|wij))\b")
_PASSIVES = (re.compile(r"\bworden ([a-zà-ÿ]+)\b"), re.compile(r"\b([a-zà-ÿ]+) worden\b"))
_PARTICLES = frozenset("mee samen na terug vrij toe bijeen vast aan af in op over uit voor om bij stop open".split())
# Particles that are prepositions, too: they belong to the verb only at the end of the clause or before a preposition.
_DOUBTFUL = frozenset("na aan in op over uit voor om bij toe".split())
_PREPOSITIONS = frozenset(
    "in op voor aan met tegen bij door van over uit naar om tot volgens tijdens via binnen".split()
)
_OPENERS = frozenset("of hoe om dat die waar welke wat zodat waarin waarmee waarop".split())
_ASKING = frozenset("of hoe wat welke".split())
_DROPPED = re.compile(r"\b(?:ik|we|wij|zal|zullen|ga|gaan|gaat|wordt|worden|er|laat)\b")
_TAIL = re.compile(r"[,;:(]|\s[–—-]\s|\s(?:die|dat|waar\w*|zodat|omdat|want|maar|om zo|aangezien|waarop|hoe we)\s")
_ARTICLE = re.compile(r"^(?:de|het|een|dat|dit|deze|die|en|maar|zo|dus)\s+(?=\w)", re.IGNORECASE)
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


def summarise(book: Book, clause: str, deadline: str) -> str:
    """Return a short line made of the clause's own words.

    No auxiliary, no pronoun, no filler, no deadline: "In 2032 zal een handboek worden verspreid dat …" becomes
    "Handboek verspreiden", "Ik neem dat mee in het plan" becomes "Meenemen in het plan".
    """
    line = clause.replace(deadline, " ") if deadline else clause
    line = _SPACES.sub(" ", line).strip(" .!?;:,")
    low = fold(line)
    tail = _TAIL.search(low, min(len(low), 25))
    if tail:
        line, low = line[: tail.start()], low[: tail.start()]
    line = _with_infinitive(book, line, low)
    low = fold(line)
    marks = [m.span() for m in _DROPPED.finditer(low)] + [m.span() for m in book.dropped.finditer(low)]
    for start, end in sorted(marks, reverse=True):
        line = line[:start] + line[end:]
    words = line.strip(" ,.;:").split()
    if words:
        words[-1] = infinitive(book, words[-1])
    if _LET.search(fold(clause)) and len(words) > 1 and "laten" not in words:
        words.insert(len(words) - 1, "laten")
    line = " ".join(words)
    shorter = _ARTICLE.sub("", line)
    line = shorter if len(shorter) > 12 else line
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]


def _with_infinitive(book: Book, line: str, low: str) -> str:
    """Return `line` with the finite verb of the first person, or the participle of the passive, as an infinitive."""
    for pattern in _PASSIVES:
        passive = pattern.search(low)
        if passive and infinitive(book, passive[1]) != passive[1]:
            return line[: passive.start()] + infinitive(book, passive[1]) + line[passive.end() :]
    found = _FIRST_PERSON.search(low)
    verb = (found[1] or found[2]) if found else ""
    if not found or verb in _AUXILIARY or verb in _PREPOSITIONS:
        return line
    words = (line[: found.start()] + line[found.end() :]).split()
    infinite = verb if verb.endswith("en") else f"{_stem(verb)}en"
    stop = next((at for at, word in enumerate(words) if (at or word in _ASKING) and word in _OPENERS), len(words))
    for at in range(stop - 1, -1, -1):
        word = words[at].lower()
        following = words[at + 1].lower() if at + 1 < stop else ""
        if word in _PARTICLES and (word not in _DOUBTFUL or not following or following in _PREPOSITIONS):
            words[at] = word + infinite
            return " ".join(words)
    words.insert(stop, infinite)
    return " ".join(words)


def infinitive(book: Book, word: str) -> str:
    """Return the infinitive of a participle ("meegedeeld": "meedelen"); any other word as it is."""
    low = word.lower()
    if low in book.infinitives:
        return book.infinitives[low]
    found = _PARTICIPLE.match(low)
    return f"{found[1] or ''}{_stem(found[2])}en" if found else word


def _stem(stem: str) -> str:
    """Return a stem as it is spelled before "-en": "deel" del-, "zet" zett-, "geef" gev-."""
    if _LONG_VOWEL.search(stem):
        return stem[:-2] + _SOFT.get(stem[-1], stem[-1])
    if _SHORT_VOWEL.search(stem) and not _UNSTRESSED.search(stem):
        return stem + stem[-1]
    return stem
