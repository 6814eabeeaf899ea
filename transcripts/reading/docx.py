"""DOCX: the words of a text document, its automatic numbers, notes, headers and footers.

The text is made of the headers, the paragraphs in order (each between empty lines, the cells of a table one after the
other), the footnotes and the footers. Words deleted with changes tracked, field codes, styles, pictures and comments
are left out by design. Page breaks are where Word last drew them, else where they were asked for.

What is inflated is counted while it is, and refused past a limit whatever the archive says of its own sizes.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from transcripts.messages import Sentence
from transcripts.reading import xml
from transcripts.reading.numbering import Numbering
from transcripts.reading.source import Mark, Role, Source, UnreadableError

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MOST_TAGS = 1_500_000  # a note of five hundred pages; Word wraps every run of words in a dozen tags
_MOST_ENTRIES = 5000
_LARGEST_PART = 48 * 1024 * 1024  # bytes, inflated
_BODY = "word/document.xml"
_PARTS = re.compile(r"word/(?P<kind>header|footer)\d*\.xml")
_BREAKS = frozenset(("br", "cr"))


def recognises(data: bytes) -> bool:
    return data.startswith(_ZIP) and b"word/" in data


def read(data: bytes) -> Source:
    """Read a text document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Document(archive).read()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError):
        raise UnreadableError(Sentence.WORD_DAMAGED()) from None
    except RuntimeError:
        raise UnreadableError(Sentence.WORD_LOCKED()) from None


@dataclass(slots=True)
class _Paragraph:
    """The words of one paragraph; `breaks` the offsets in them at which a page begins, `notes` ids of footnotes."""

    words: str
    breaks: list[int] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    role: Role | None = None


class _Document:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        infos = archive.infolist()
        if len(infos) > _MOST_ENTRIES:
            raise UnreadableError(Sentence.WORD_BOMB())
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableError(Sentence.WORD_LOCKED())
        self.names = {info.filename for info in infos}
        if _BODY not in self.names:
            raise UnreadableError(Sentence.WORD_DAMAGED())
        self.left = _LARGEST_PART

    def read(self) -> Source:
        body = self._tree(_BODY)
        numbering = Numbering(self._tree("word/numbering.xml"), self._tree("word/styles.xml"))
        drawn = any(xml.name_of(element) == "lastRenderedPageBreak" for element in body.iter())
        notes = {kind: self._notes(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
        paragraphs = [*self._edges("header")]
        for paragraph in _paragraphs(body, numbering, drawn):
            paragraphs.append(paragraph)
            paragraphs += [
                _Paragraph(words, role=Role.NOTE)
                for kind, number in paragraph.notes
                if (words := notes[kind].get(number, ""))
            ]
        paragraphs += self._edges("footer")
        return _write(paragraphs, self._hints(paragraphs))

    def _part(self, name: str) -> bytes:
        """Return a part of the archive inflated, or nothing where it is not there."""
        if name not in self.names:
            return b""
        with self.archive.open(name) as part:
            data = part.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise UnreadableError(Sentence.WORD_BOMB())
        return data

    def _tree(self, name: str) -> Any:
        data = self._part(name)
        return xml.parse_xml(data, _MOST_TAGS)[0] if data else None

    def _edges(self, kind: str) -> list[_Paragraph]:
        """Return the lines of the headers or footers, each once: a section may repeat those of another."""
        role = Role.HEADER if kind == "header" else Role.FOOTER
        seen: dict[str, None] = {}
        for name in sorted(self.names):
            found = _PARTS.fullmatch(name)
            if found and found["kind"] == kind and (root := self._tree(name)) is not None:
                for paragraph in _paragraphs(root, Numbering(None, None), False):
                    for line in paragraph.words.split("\n"):
                        if words := " ".join(line.split()):
                            seen.setdefault(words)
        return [_Paragraph(words, role=role) for words in seen]

    def _notes(self, name: str) -> dict[str, str]:
        root = self._tree(name)
        if root is None:
            return {}
        return {
            xml.attribute(note, "id"): f"[{xml.attribute(note, 'id')}] {words}"
            for note in root
            if (words := " ".join(one.words for one in _paragraphs(note, Numbering(None, None), False)).strip())
        }

    def _hints(self, paragraphs: list[_Paragraph]) -> dict[str, str]:
        core = self._tree("docProps/core.xml")
        title = ""
        if core is not None:
            title = next((xml.words_of(one) for one in core if xml.name_of(one) == "title"), "")
        return {"title": title, "date": _dated([paragraph.words for paragraph in paragraphs])}


def _dated(lines: list[str]) -> str:
    """Return the day that stands after the word "Datum", on its line or the next."""
    for at, line in enumerate(lines[:120]):
        found = re.match(r"\s*datum\b\s*:?\s*(?P<rest>.*)", line, re.IGNORECASE | re.DOTALL)
        if found:
            rest = " ".join(found["rest"].split()) or next(
                (one.strip() for one in lines[at + 1 : at + 3] if one.strip()), ""
            )
            if re.match(r"\d", rest):
                return rest[:40]
    return ""


def _paragraphs(root: Any, numbering: Numbering, drawn: bool) -> Iterator[_Paragraph]:
    """Yield the paragraphs under `root` in order; one inside a text box comes after the one that holds it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = xml.name_of(element)
        if name == "p":
            boxes: list[Any] = []
            paragraph = _paragraph(element, boxes, drawn)
            number = numbering.number(element) if paragraph.words.strip() else ""
            if number:
                shift = len(number) + 1
                paragraph.words = f"{number} {paragraph.words}"
                paragraph.breaks = [at + shift if at else 0 for at in paragraph.breaks]
            yield paragraph
            waiting += reversed(boxes)
        elif name not in ("Fallback", "del", "sectPr"):
            waiting += reversed(list(element))


def _paragraph(element: Any, boxes: list[Any], drawn: bool) -> _Paragraph:
    parts: list[str] = []
    found = _Paragraph("")
    length = 0
    waiting = list(reversed(list(element)))
    while waiting:
        one = waiting.pop()
        name = xml.name_of(one)
        words = ""
        if name == "t":
            words = one.text or ""
        elif name == "tab":
            words = "\t" if xml.name_of(one.getparent()) == "r" else ""
        elif name in _BREAKS:
            if name == "br" and xml.attribute(one, "type") == "page":
                if not drawn:
                    found.breaks.append(length)
            else:
                words = "\n"
        elif name in ("lastRenderedPageBreak", "pageBreakBefore"):
            if drawn == (name == "lastRenderedPageBreak"):
                found.breaks.append(length)
        elif name == "noBreakHyphen":
            words = "\u2011"
        elif name in ("footnoteReference", "endnoteReference"):
            found.notes.append((name.removesuffix("Reference"), xml.attribute(one, "id")))
        elif name == "txbxContent":
            boxes.append(one)
        elif name not in ("Fallback", "del", "instrText", "moveFrom"):
            waiting += reversed(list(one))
        if words:
            parts.append(words)
            length += len(words)
    found.words = "".join(parts)
    return found


def _write(paragraphs: list[_Paragraph], hints: dict[str, str]) -> Source:
    parts: list[str] = []
    marks: list[Mark] = []
    pages = [0]
    length = 0
    breaking = False
    for paragraph in paragraphs:
        words = paragraph.words.replace("\t", " ").strip("\n ")
        breaking = breaking or bool(paragraph.breaks)
        if not words.strip():
            continue
        before = len(paragraph.words) - len(paragraph.words.lstrip("\n\t "))
        if breaking:
            inner = max((at - before for at in paragraph.breaks), default=0)
            pages.append(length + max(0, min(inner, len(words))))
            breaking = False
        if paragraph.role is not None:
            marks.append(Mark(length, length + len(words), paragraph.role))
        parts.append(words)
        length += len(words) + 2
    given = {key: " ".join(value.split()) for key, value in hints.items() if value.strip()}
    starts = tuple(sorted({at for at in pages if at < max(length, 1)}))
    return Source("\n\n".join(parts), "docx", page_starts=starts, hints=given, marks=tuple(marks))
