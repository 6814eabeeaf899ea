"""Automatic numbers of Word: printed before a paragraph, but written nowhere in its words."""

from typing import Any

from transcripts.reading import xml

_DEEPEST = 9
_BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


class Numbering:
    """Counts as Word counts: per list and level, a level begins anew under the next of the level above."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """numbering, styles: the roots of the parts of that name, or None."""
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # list → level → (format, pattern, first)
        self._lists: dict[str, str] = {}  # number of a list → its definition
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            for style in xml.children(styles, "style"):
                properties = next(xml.children(style, "pPr"), None)
                if properties is not None and (found := _reference(properties)):
                    self._styles[xml.attribute(style, "styleId")] = found

    def _read(self, root: Any) -> None:
        for definition in xml.children(root, "abstractNum"):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in xml.children(definition, "lvl"):
                first = _value(level, "start")
                levels[_whole(xml.attribute(level, "ilvl"), 0)] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    _whole(first, 1),
                )
            self._levels[xml.attribute(definition, "abstractNumId")] = levels
        for one in xml.children(root, "num"):
            self._lists[xml.attribute(one, "numId")] = _value(one, "abstractNumId")

    def number(self, paragraph: Any) -> str:
        """Return the number of `paragraph` (a `w:p`) and count it; empty where it has none."""
        properties = next(xml.children(paragraph, "pPr"), None)
        if properties is None:
            return ""
        found = _reference(properties) or self._styles.get(_value(properties, "pStyle"))
        if not found or found[0] == "0":
            return ""
        definition = self._lists.get(found[0], "")
        levels = self._levels.get(definition, {})
        at = min(max(found[1], 0), _DEEPEST - 1)
        if at not in levels:
            return ""
        counts = self._counts.setdefault(definition, [None] * _DEEPEST)
        here = counts[at]
        counts[at] = levels[at][2] if here is None else here + 1
        counts[at + 1 :] = [None] * (_DEEPEST - at - 1)
        return self._print(levels, counts, at)

    @staticmethod
    def _print(levels: dict[int, tuple[str, str, int]], counts: list[int | None], at: int) -> str:
        style, pattern, _ = levels[at]
        if style == "none":
            return ""
        if style == "bullet":
            return _BULLET
        for level in range(_DEEPEST):
            sign = f"%{level + 1}"
            if sign in pattern:
                own, _, first = levels.get(level, ("decimal", "", 1))
                count = counts[level]
                pattern = pattern.replace(sign, _figure(own, first if count is None else count))
        return pattern.strip()


def _reference(properties: Any) -> tuple[str, int] | None:
    found = next(xml.children(properties, "numPr"), None)
    if found is None or not _value(found, "numId"):
        return None
    return _value(found, "numId"), _whole(_value(found, "ilvl"), 0)


def _value(element: Any, name: str) -> str:
    child = next(xml.children(element, name), None)
    return xml.attribute(child, "val") if child is not None else ""


def _whole(words: str, otherwise: int) -> int:
    return int(words) if words.isdecimal() and len(words) < 6 else otherwise


def _figure(style: str, count: int) -> str:
    if style.endswith("Letter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)
        return letters.upper() if style.startswith("upper") else letters
    if style.endswith("Roman"):
        roman = _roman(count)
        return roman.upper() if style.startswith("upper") else roman
    return f"{count:02d}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    words = ""
    for value, sign in _ROMAN:
        words += sign * (count // value)
        count %= value
    return words + _UNITS[count]
