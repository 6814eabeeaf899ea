"""The tense of the clause around an expression. The dear step: asked only where the words leave the direction open."""

import re
from functools import lru_cache

from commitments.engine.deadlines import words as w

_DATA = w.data("tense")
WILL = frozenset(_DATA["will"]["words"])
PRESENT = frozenset(_DATA["present"]["words"])
PAST = frozenset(_DATA["past"]["words"])
PAST_ENDINGS = tuple(_DATA["past"]["endings"])
PERFECT = frozenset(_DATA["perfect"]["words"])
PLANNING = frozenset(_DATA["planning"]["words"])
NO_PARTICIPLE = frozenset(_DATA["no_participle"]["words"])

SENTENCE_END = re.compile(r"[.?!](?=\s)|\n\s*\n")
CLAUSE_CUT = re.compile(
    r"[,;:?!]| [–-] |\.(?=\s)|\b(?:dat|die|omdat|zodat|doordat|waar|waarin|waarbij|waarmee|waarvan|waaraan|waardoor|waarvoor|waarop|om|maar|als|toen|terwijl|aangezien|want|wanneer|indien|hoewel|of)\b"
)
WORD = re.compile(r"[^\W\d_]+")
BRACKETS = re.compile(r"\([^()]{0,200}\)")
REACH = 240

_PARTICIPLE = re.compile(
    r"(?:aan|af|in|op|uit|toe|voor|over|mee|bij|door|na|om|onder|terug|vast|goed|samen|neer|weg|plaats|deel|stil|bekend|klaar|vrij|open|voort|los|thuis|tegen|rond|her)?ge[^\W\d_]{2,}(?:d|t|en)"
    r"|(?:be|ver|ont|her|er|over|onder|vol|mis)[^\W\d_]{2,}(?:d|t)"
    r"|(?:ver|be|ont|onder|over)(?:nomen|dwenen|trokken|loren|sproken|schenen|vangen|houden|staan|kregen|bleven|leden|worpen|lopen|sloten|komen)"
)


def tense(plain: str, start: int, end: int) -> str:
    """past, will, present or none: what the verbs say in the clause of plain[start:end], or else in its sentence."""
    low = max(0, start - REACH)
    left, right = plain[low:start], plain[end : end + REACH]
    for match in SENTENCE_END.finditer(left):
        left_cut = match.end()
        left = left[:0] + " " * left_cut + left[left_cut:]
    stop = SENTENCE_END.search(right)
    if stop:
        right = right[: stop.start()]
    left, right = BRACKETS.sub(" ", left), BRACKETS.sub(" ", right)
    cut = 0
    for match in CLAUSE_CUT.finditer(left):
        cut = match.end()
    stop = CLAUSE_CUT.search(right)
    here = clause_tense(left[cut:], right[: stop.start()] if stop else right)
    if here != "none":
        return here
    return clause_tense(left, right)


def clause_tense(left: str, right: str) -> str:
    before, after = WORD.findall(left), WORD.findall(right)
    nearest: list[tuple[int, str]] = []
    perfect = -1
    participle = planning = -1
    for distance, word in (*enumerate(reversed(before)), *enumerate(after)):
        sort = _sort(word)
        if sort == "perfect":
            perfect = distance if perfect < 0 else min(perfect, distance)
        elif sort == "participle":
            participle = distance if participle < 0 else min(participle, distance)
        elif sort == "planning":
            planning = distance
        elif sort:
            nearest.append((distance, sort))
    if any(sort == "will" for _, sort in nearest):
        will = min(distance for distance, sort in nearest if sort == "will")
        past = min((distance for distance, sort in nearest if sort == "past"), default=999)
        return "will" if will <= past else "past"
    past_verbs = [distance for distance, sort in nearest if sort == "past"]
    presents = [distance for distance, sort in nearest if sort == "present"]
    if past_verbs and (not presents or min(past_verbs) <= min(presents)):
        return "past"
    if perfect >= 0 and participle >= 0 and planning < 0 and not presents:
        return "present" if _to_infinitive(after) else "past"
    if past_verbs:
        return "past"
    if presents or perfect >= 0:
        return "present"
    return "none"


def _to_infinitive(after: list[str]) -> bool:
    return any(word == "te" and following.endswith("n") for word, following in zip(after, after[1:], strict=False))


@lru_cache(maxsize=8192)
def _sort(word: str) -> str:
    if word in WILL:
        return "will"
    if word in PAST or word.endswith(PAST_ENDINGS):
        return "past"
    if word in PERFECT:
        return "perfect"
    if word in PLANNING:
        return "planning"
    if word in PRESENT:
        return "present"
    if word not in NO_PARTICIPLE and len(word) > 4 and (_PARTICIPLE.fullmatch(word) or word.endswith("eerd")):
        return "participle"
    return ""
