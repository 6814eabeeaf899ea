"""Makes the short line that serves as a title, from the promise's own words and with its verb in the infinitive."""

import re

from commitments.engine.statements.patterns import fold
from commitments.engine.statements.rules import Book

LONGEST = 120

_AUXILIARY = frozenset(
    "zal zullen ga gaan gaat laat laten wil willen heb hebben ben zijn kan kunnen moet moeten mag zou zouden".split()
)
_LEADING = frozenset("zal zullen ga gaan laat laten wil willen".split())
_FINITE = frozenset(
    "is zijn heb heeft hebben kan kunnen moet moeten mag wordt worden werd krijgt komt komen staat staan vindt loopt "
    "lopen start gaat zal zullen blijft blijven heeft ben wil wordt".split()
)
_PRONOUNS = frozenset(
    "u jullie hem haar hen hun ze zij hij het dat dit die deze ons mij me hier daar er zo maar en om ook misschien "
    "mijn alle als wat".split()
)
_POINTERS = frozenset(("dat", "die"))
_DANGLING = frozenset("van de het een en of in op met voor aan te door om tot uit bij".split())
_IRREGULAR = {
    "voorzie": "voorzien",
    "voorzien": "voorzien",
    "herzie": "herzien",
    "herzien": "herzien",
    "doe": "doen",
    "doen": "doen",
    "sta": "staan",
    "staan": "staan",
    "kom": "komen",
    "zie": "zien",
    "zien": "zien",
}
_INFINITIVE = re.compile(
    r"^(?!(?:een|geen|alleen|samen|tegen|binnen|tussen|boven|buiten|meteen|mensen|middelen)$)\w{2,}(?:en|aan|oen|ien)$"
)
_OPENED = re.compile(r"\b(?:of|hoe|om|waar\w*|welke|wat|zodat)\b")
_CUT_OFF = re.compile(r"(?i)\bom\b(?!.*\bte\b)|\b(?:er)?voor (?:te )?zorgen$|\bervoorzorgen|^voor dat\b|^\w+zorgen dat")
_SECOND = re.compile(
    r"\ben (?:ik|we|wij|zal|zullen|laat|leg|maak|neem|stuur|stel|bezorg|werk|breng|zorg|geef|pas|vraag|doe|hecht|zet|"
    r"voer)\b"
)
_IS_DONE = re.compile(r"\b(?:wordt|worden)\b")
_LEAD = re.compile(
    r"^(?:en |maar )?(?:(?:in afwachting )?(?:daarvoor|hiervoor|daarbij|daarna|daartoe|hiertoe|daarvan|daarover|"
    r"hierover)|wel|concreet|parallel|zo)\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:mevrouw|mijnheer|meneer|collega|de heer|beste) [^,.;]{2,50}, ", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:(?:ik|we|wij) ([a-zà-ÿ]{3,})|([a-zà-ÿ]{3,}) (?:ik|we|wij))\b")
_PASSIVES = (re.compile(r"\bworden ([a-zà-ÿ]+)\b"), re.compile(r"\b([a-zà-ÿ]+) worden\b"))
_PARTICLES = frozenset("mee samen na terug vrij toe bijeen vast aan af in op over uit voor om bij stop open".split())
# Particles that are prepositions, too: they belong to the verb only at the end of the clause or before a preposition.
_DOUBTFUL = frozenset("open na aan in op over uit voor om bij toe".split())
_PREPOSITIONS = frozenset(
    "in op voor aan met tegen bij door van over uit naar om tot volgens tijdens via binnen".split()
)
_OPENERS = frozenset("of hoe om dat die waar welke wat zodat waarin waarmee waarop".split())
_NEVER_FIRST, _NEVER_LAST = _PRONOUNS | _FINITE, _DANGLING | _OPENERS
_NOT_BEHIND_INFINITIVES = _PREPOSITIONS - {"over"}
_DROPPED = re.compile(r"\b(?:ik|we|wij|zal|zullen|gaat|wordt|worden|er)\b")
_TAIL = re.compile(
    r"[;:(]|,(?!\d)|\s[–—-]\s|\s(?:die|dat|waar\w*|zodat|omdat|want|maar|om zo|aangezien|waarop|hoe we)\s"
)
_ARTICLE = re.compile(r"^(?:de|het|een|dat|dit|deze|die|en|maar|zo|dus)\s+(?=\w)", re.IGNORECASE)
_LONG_VOWEL = re.compile(r"(?:aa|ee|oo|uu)[^aeiou]$")
_SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][^aeiou]$")
_UNSTRESSED = re.compile(r"[aeiou]\w*[^aeiou]e[lrn]$")
_SOFT = {"f": "v", "s": "z"}
# A weak participle whose stem can be told from it: "meegedeeld", "gebouwd", "herhaald"; not "gestart" or "geleid".
_PARTICIPLE = re.compile(
    r"^((?:aan|af|bij|door|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|vrij|weg)?(?=ge)|(?=be|ver|her|ont))"
    r"(?:ge)?((?:be|ver|her|ont)?\w*[aeiou]\w*(?:[bdglmnrvwfkpshc]|ng))[dt]$"
)


def summarise(book: Book, clause: str, deadline: str, quote: str) -> str:
    """Return a short line made of the clause's own words, or the beginning of `quote` where the clause is not plain.

    No auxiliary, no pronoun, no filler, no deadline: "In 2032 zal een handboek worden verspreid dat …" becomes
    "Handboek verspreiden", "Ik neem dat voorstel mee in het plan" becomes "Voorstel meenemen in het plan".
    """
    return _line(book, clause, deadline) or shorten(quote)


def shorten(quote: str) -> str:
    """Return the beginning of `quote`, at most LONGEST characters, ending in a whole word and dots when it is cut."""
    line = _ADDRESS.sub("", " ".join(quote.split()))
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-(") + " …"
    return line[:1].upper() + line[1:]


def _line(book: Book, clause: str, deadline: str) -> str:
    """Return the clause as a line with its verb in the infinitive, or '' where that is not sure to read well."""
    particle, _, rest = deadline.partition(" ")
    if particle.lower() in _PARTICLES and rest.split(" ", 1)[0].lower() in _PREPOSITIONS:
        # "breid ik uit in 2032": the first word belongs to the verb
        deadline = rest
    line = clause.replace(deadline, " ") if deadline else clause
    line = " ".join(line.split()).strip(" .!?;:,–—-")
    tail = _TAIL.search(fold(line), min(len(line), 25))
    if tail:
        line = line[: tail.start()]
    line = _with_infinitive(book, line, fold(line))
    if not line:
        return ""
    low = fold(line)
    marks = [m.span() for m in _DROPPED.finditer(low)] + [m.span() for m in book.dropped.finditer(low)]
    for start, end in sorted(marks, reverse=True):
        line = line[:start] + line[end:]
    words = line.strip(" ,.;:").split()
    line = _LEAD.sub("", " ".join(words))
    shorter = _ARTICLE.sub("", line)
    line = shorter if len(shorter) > 12 else line
    return line[:1].upper() + line[1:] if _reads_well(line) else ""


def _reads_well(line: str) -> bool:
    """Tell whether the line is no fragment: two words or more, none of them a finite verb or a pronoun in front."""
    words = fold(line).split()
    if len(words) < 2 or len(line) > LONGEST or words[0].rstrip(",") in _NEVER_FIRST or _CUT_OFF.search(line):
        return False
    if words[1] in _NOT_BEHIND_INFINITIVES and _INFINITIVE.search(words[0]):
        return False
    stop = next((at for at, word in enumerate(words) if word in _OPENERS), len(words))
    return words[-1] not in _NEVER_LAST and _FINITE.isdisjoint(words[:stop])


def _with_infinitive(book: Book, line: str, low: str) -> str:
    """Return `line` with its finite verb or its participle as an infinitive, or '' where neither is plainly there."""
    for pattern in _PASSIVES:
        passive = pattern.search(low)
        if passive and not _OPENED.search(low, 0, passive.start()) and infinitive(book, passive[1]) != passive[1]:
            words = (line[: passive.start()] + infinitive(book, passive[1]) + line[passive.end() :]).split()
            return " ".join([*words[:-1], infinitive(book, words[-1])])
    done = _IS_DONE.search(low)
    if done and not _OPENED.search(low, 0, done.start()):
        words = line.split()
        words[-1] = infinitive(book, words[-1])
        return " ".join(words) if words[-1] != line.split()[-1] else ""
    found = _FIRST_PERSON.search(low)
    verb = (found[1] or found[2]) if found else ""
    if not found or verb in _PREPOSITIONS:
        return ""
    before, after = line[: found.start()].split(), line[found.end() :].split()
    stop = next((at for at, word in enumerate(after) if word.lower() in _OPENERS and _opens(after, at)), len(after))
    if _SECOND.search(fold(" ".join(after))):
        return ""
    if verb in _AUXILIARY:
        return _after_auxiliary(book, verb, before, after, stop)
    infinite = _IRREGULAR.get(verb) or (verb if verb.endswith("en") else f"{_stem(verb)}en")
    for at in range(stop - 1, -1, -1):
        word = after[at].lower()
        following = after[at + 1].lower() if at + 1 < stop else ""
        if word in _PARTICLES and (word not in _DOUBTFUL or not following or following in _PREPOSITIONS):
            after[at] = word + infinite
            return " ".join(before + after)
    after.insert(stop, infinite)
    return " ".join(before + after)


def _opens(words: list[str], at: int) -> bool:
    """Tell whether the word opens a clause there; "dat" and "die" before a noun only point."""
    points = at == 0 or at + 2 >= len(words) or words[at - 1].lower() in _PREPOSITIONS
    return words[at].lower() not in _POINTERS or not points


def _after_auxiliary(book: Book, verb: str, before: list[str], after: list[str], stop: int) -> str:
    """Return the words around "ik zal", "ik laat", "ik ga" with the infinitive they lead to, or '' without one."""
    if verb in ("ga", "gaan") and after and after[0].lower() == "na":
        return " ".join([*before, "nagaan", *after[1:]])
    if verb not in _LEADING:
        return ""
    ends = [at for at in range(stop) if _INFINITIVE.search(after[at].lower())]
    ends = [at for at in ends if at + 1 == stop or after[at + 1].lower() in _PREPOSITIONS]
    known = [at for at in ends if book.deeds.fullmatch(after[at].lower())]
    ends = known[:1] or ends
    if len(ends) != 1 or (not known and stop < len(after)):
        return ""
    if verb in ("laat", "laten"):
        after.insert(ends[0], "laten")
    return " ".join(before + after)


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
