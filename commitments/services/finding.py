"""Find words again in a text that was corrected. Pure: no rows."""

import re
import unicodedata
from bisect import bisect_right
from difflib import SequenceMatcher

Place = tuple[int, int]

_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_LONG = 2000  # words, above which those that stand everywhere do not help to align


def words_in(text: str, words: str, *, before: str = "", start: int = 0) -> Place | None:
    """Return where `words` stand in `text`: as they are, else whatever their spaces, hyphens, accents and capitals.

    before, start: the text in which they stood at `start`. Where the words stand several times in both, the place
    with the same number of them in front is meant; else the nearest.
    """
    if not words.strip():
        return None
    found = _exact(text, words)
    earlier = _exact(before, words)
    if not found:
        found, earlier = _folded(text, words), _folded(before, words)
    if not found:
        return None
    if len(found) == len(earlier):
        return found[sum(place[0] < start for place in earlier)] if any(p[0] == start for p in earlier) else found[0]
    return min(found, key=lambda place: abs(place[0] - start))


def same_place(before: str, after: str, start: int, end: int) -> Place | None:
    """Return the place in `after` that [start, end) of `before` became; None where half of its words are gone."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    inside = [at for at, word in enumerate(old) if word.end() > start and word.start() < end]
    if not inside:
        return None
    low, high = inside[0], inside[-1] + 1
    aligned = SequenceMatcher(
        None, [word[0] for word in old], [word[0] for word in new], autojunk=len(old) > _LONG
    ).get_opcodes()
    stayed = sum(max(0, min(high, i2) - max(low, i1)) for tag, i1, i2, _, _ in aligned if tag == "equal")
    if 2 * stayed < high - low:
        return None
    first = last = -1
    for tag, i1, i2, j1, j2 in aligned:
        if i1 <= low < i2:
            first = j1 + low - i1 if tag == "equal" else j1
        if i1 < high <= i2:
            last = j1 + high - i1 if tag == "equal" else j2
    return (new[first].start(), new[last - 1].end()) if 0 <= first < last else None


def _exact(text: str, words: str) -> list[Place]:
    places, at = [], text.find(words)
    while at >= 0:
        if _is_whole(text, at, at + len(words)):
            places.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return places


def _folded(text: str, words: str) -> list[Place]:
    """Return the places where the letters and digits of `words` stand, whatever stands between them."""
    wanted, _ = _letters(words)
    letters, origins = _letters(text)
    if not wanted:
        return []
    places, at = [], letters.find(wanted)
    while at >= 0:
        start, end = origins[at], origins[at + len(wanted) - 1] + 1
        if _is_whole(text, start, end):
            closing = len(text[end:]) - len(text[end:].lstrip(".!?…"))
            places.append((start, end + (closing if words.rstrip()[-1:] in ".!?…" else 0)))
        at = letters.find(wanted, at + 1)
    return places


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of `text`, folded, and for each the offset it came from."""
    kept = {found.start() for found in _NUMBER.finditer(text)}  # 1.5 is not 15
    out: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        if not (character.isalnum() or at in kept):
            continue
        for one in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(one):
                out.append(one)
                origins.append(at)
    return "".join(out), origins


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no word is cut at either side."""
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (cut_before or cut_after)


def nearest(text: str, words: str, start: int) -> Place | None:
    """Return the place of `words` nearest to `start`."""
    places = _exact(text, words) if words else []
    at = bisect_right([place[0] for place in places], start)
    return min(places[max(at - 1, 0) : at + 1], key=lambda place: abs(place[0] - start), default=None)
