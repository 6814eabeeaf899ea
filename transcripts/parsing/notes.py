"""Stage notes and editor's notes: words of the report that nobody spoke."""

import re

from transcripts.parsing import names
from transcripts.parsing.headings import DATA

_DASHED: tuple[str, ...] = tuple(DATA["stage_phrases"])
_BRACKETED = re.compile(r"\(\s*(?:" + "|".join(re.escape(word) for word in DATA["stage_words"]) + r")\b", re.IGNORECASE)
_NEW_CHAIR = re.compile(
    r"^[–—-]\s*(?P<name>.+?),?\s+(?:treedt|trad)\s+(?:als\s+(?:onder|waarnemend\s+)?voorzitter\s+op|op\s+als\s+(?:waarnemend\s+)?voorzitter)"
    r"|^[–—-]\s*(?P<other>.+?)\s+neemt\s+(?:het\s+voorzitterschap|de\s+voorzittersstoel)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\(\s*[^\W\d_]")
_BRACKET = re.compile(r"[()]")
_FARTHEST = 3000  # characters in one note
_DEEPEST = 3  # brackets within brackets
_MOST = 2_000  # brackets in one speech


def is_stage_note(paragraph: str) -> bool:
    """Tell whether a paragraph that begins with a dash is a stage note."""
    folded = paragraph.casefold()
    return len(paragraph) < 400 and any(phrase in folded for phrase in _DASHED)


def new_chair(paragraph: str) -> str:
    """Return the name of the person who takes the chair in a stage note, or nothing."""
    found = _NEW_CHAIR.match(paragraph)
    return names.strip_title(found["name"] or found["other"]) if found else ""


def bracketed_notes(text: str) -> list[tuple[int, int]]:
    """Return the spans of bracketed notes in running text, each with the white space that falls away with it.

    A bracket is a note when it begins with a word of the stage, or when it stands between sentences and holds one.
    Where there are more brackets than any speech has, none is.
    """
    if text.count("(") > _MOST:
        return []
    spans: list[tuple[int, int]] = []
    done = 0
    for opening in _OPENING.finditer(text):
        at = opening.start()
        if at < done or not text[opening.end() - 1].isupper():
            continue
        end = _closing(text, at)
        if not end or not _is_note(text, at, end):
            continue
        start, done = at, end
        if end < len(text) and text[end] in " \n" and (start == 0 or text[start - 1] == "\n"):
            end += 1
        elif start > 0 and text[start - 1] in " \n":
            start -= 1
        spans.append((start, end))
    return spans


def _is_note(text: str, start: int, end: int) -> bool:
    inner = text[start + 1 : end - 1].strip()
    before = text[:start].rstrip(" ") if start < 3 else text[start - 3 : start].rstrip(" ")
    between = not before or before[-1] in ".?!\n…"
    after = text[end : end + 2].strip()
    if _BRACKETED.match(text, start) and (between or inner[:1] in "NA" or not after[:1].islower()):
        return True
    return between and (not after or after[0].isupper()) and (inner[-1] in ".?!" or inner.count(" ") >= 2)


def _closing(text: str, start: int) -> int:
    depth = 0
    for found in _BRACKET.finditer(text, start, min(len(text), start + _FARTHEST)):
        depth += 1 if found[0] == "(" else -1
        if depth > _DEEPEST:
            return 0
        if depth == 0:
            return found.end()
    return 0
