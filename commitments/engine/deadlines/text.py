"""One form of the text for the search: small letters, plain accents and spaces, split words joined.

`Folded.plain` has for nearly every text the same length as the text itself; where characters had to go (soft hyphens,
combining accents, a hyphen at the end of a line) `back` gives the place in the text.
"""

import re
from bisect import bisect_right

# Letters and signs that count as another, each for one. ó stays: it makes `vóór` of `voor`.
SAME = {
    **dict.fromkeys("\n\r\t\f\v\xa0\u202f\u2002\u2003\u2007\u2009", " "),
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑−", "-"),
    "—": "–",
    **dict.fromkeys("éèëê", "e"),
    **dict.fromkeys("àáâä", "a"),
    **dict.fromkeys("ïíî", "i"),
    **dict.fromkeys("öô", "o"),
    **dict.fromkeys("üúû", "u"),
    "ò": "ó",
}  # fmt: skip
ASCII = bytes(range(128))
FEW = 40  # capitals beyond ASCII; a text in another script has more
GONE = re.compile("[\u00ad\u200b\u0300-\u036f]|-[ \t]*\r?\n\\s*(?=[a-zà-ÿ])")
BROKEN = re.compile("-[ \t]*\r?\n\\s*(?=[a-zà-ÿ])")
ACUTE_O = re.compile("([oO])[\u0300\u0301]")


class Folded:
    """A text and its plain form.

    plain  what is searched
    cased  the same characters with their capitals
    """

    def __init__(self, text: str) -> None:
        odd = odd_letters(text)
        self._places: list[int] | None = None
        self._shifts: list[int] = []
        marks = any(letter in "\u00ad\u200b" or "\u0300" <= letter <= "\u036f" for letter in odd)
        cased = (
            self._without(text, GONE if marks else BROKEN)
            if marks or "-\n" in text or "- \n" in text or "-\r" in text
            else text
        )
        low = lowered(cased, odd)
        for letter in {*"\n\r\t\f\v`", *(letter.lower() for letter in odd)}:
            as_letter = SAME.get(letter)
            if as_letter:
                low = low.replace(letter, as_letter)
        self.cased = cased
        self.plain = low

    def _without(self, text: str, gone: re.Pattern[str]) -> str:
        """The text without the marks; notes after each gap how far the places have moved."""
        if gone is GONE:
            text = ACUTE_O.sub("ó\u00ad", text)
        kept: list[str] = []
        places, shifts = [0], [0]
        length = done = moved = 0
        for match in gone.finditer(text):
            start = match.start()
            if text[start] == "-" and not text[start - 1 : start].isalpha():
                continue
            kept.append(text[done:start])
            length += start - done
            done = match.end()
            moved += done - start
            places.append(length)
            shifts.append(moved)
        if done:
            self._places, self._shifts = places, shifts
        kept.append(text[done:])
        return "".join(kept)

    @property
    def shifted(self) -> bool:
        """Whether places in the plain form are others than in the text."""
        return self._places is not None

    def back(self, at: int) -> int:
        """The place in the text of the character that stands at a place in the plain form."""
        if self._places is None:
            return at
        return at + self._shifts[bisect_right(self._places, at) - 1]

    def back_end(self, at: int) -> int:
        """The place after the last character of a span that ends at a place in the plain form."""
        return self.back(at - 1) + 1 if at else 0


def odd_letters(text: str) -> set[str]:
    """The letters beyond ASCII. Bytes are sifted several times faster than letters."""
    if text.isascii():
        return set()
    rest = text.encode("utf-8", "surrogatepass").translate(None, ASCII)
    return set(rest.decode("utf-8", "surrogatepass"))


def lowered(text: str, odd: set[str]) -> str:
    """The text in small letters, letter for letter (one without a single small letter stays); odd: as odd_letters."""
    if not odd:
        return text.lower()
    low = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    small = {letter: letter.lower() for letter in odd if letter != letter.lower() and len(letter.lower()) == 1}
    if len(small) > FEW:
        return low.translate({ord(letter): as_letter for letter, as_letter in small.items()})
    for letter, as_letter in small.items():
        low = low.replace(letter, as_letter)
    return low
