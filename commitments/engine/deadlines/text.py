"""One form of the text for the search: small letters, plain accents and spaces, words joined that a line break had split.

`Folded.plain` has for nearly every text the same length as the text itself; where characters had to go (soft hyphens,
combining accents, a hyphen at the end of a line) `back` gives the place in the text.
"""

import re
from bisect import bisect_right

# Same length. ó stays: it makes `vóór` of `voor`.
FOLDED = [
    ("\n", " "), ("\r", " "), ("\t", " "), ("\xa0", " "), ("\u202f", " "), ("\u2009", " "), ("\u2007", " "), ("\u2003", " "), ("\u2002", " "), ("\f", " "), ("\v", " "),
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("`", "'"), ("—", "–"), ("‐", "-"), ("‑", "-"), ("−", "-"),
    ("é", "e"), ("è", "e"), ("ë", "e"), ("ê", "e"), ("à", "a"), ("á", "a"), ("ï", "i"), ("í", "i"), ("ö", "o"), ("ü", "u"), ("ò", "ó"),
]  # fmt: skip
GONE = re.compile("[\u00ad\u200b\u0300-\u036f]|(?<=[^\\W\\d_])-[ \\t]*\\r?\\n\\s*(?=[a-zà-ÿ])")
MARKS = re.compile("[\u00ad\u200b\u0300-\u036f]|-[ \t]*\r?\n")
ACUTE_O = re.compile("([oO])[\u0300\u0301]")
WIDE = re.compile("[^\x00-\u024f–—‘’“”„…€•]")


class Folded:
    """A text and its plain form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: list[int] | None = None
        self._shifts: list[int] = []
        plain = self._without(text) if MARKS.search(text) else text
        low = plain.lower()
        if len(low) != len(plain):
            low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)
        for letter, as_letter in FOLDED:
            low = low.replace(letter, as_letter)
        self.cased = plain
        self.plain = low

    def _without(self, text: str) -> str:
        """The text without the marks; notes after each gap how far the places have moved."""
        text = ACUTE_O.sub("ó\u00ad", text)
        kept: list[str] = []
        places, shifts = [0], [0]
        length = done = gone = 0
        for match in GONE.finditer(text):
            piece = text[done : match.start()]
            kept.append(piece)
            length += len(piece)
            done = match.end()
            gone += len(match.group())
            places.append(length)
            shifts.append(gone)
        if done:
            self._places, self._shifts = places, shifts
        kept.append(text[done:])
        return "".join(kept)

    def back(self, at: int) -> int:
        """The place in the text of the character that stands at a place in the plain form."""
        if self._places is None:
            return at
        return at + self._shifts[bisect_right(self._places, at) - 1]

    def back_end(self, at: int) -> int:
        """The place after the last character of a span that ends at a place in the plain form."""
        return self.back(at - 1) + 1 if at else 0
