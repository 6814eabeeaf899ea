"""Saved web pages: a report page of the parliament in either layout, or any other page with words on it.

The text is made of all visible words in order, each block a line. Scripts, styles, attributes and the head of the page
are left out by design, but for its title and its address. Menus, forms and footers are kept and marked as what they
are: furniture of the page. Where the page itself says which blocks are speeches, they are marked.
"""

import re
from typing import Any

from lxml import etree, html

from transcripts.messages import Message, Sentence
from transcripts.reading.encodings import decode
from transcripts.reading.source import Role, Source, UnreadableError
from transcripts.reading.writer import Run, Writer
from transcripts.reading.xml import guard_tags, refuse_entities, root_of, words_of

_STARTS = frozenset(
    "html head body div section article main header p h1 h2 h3 table ul ol span meta title nav center font a".split()
)
_DOCTYPE = re.compile(rb"\s*(?:\xef\xbb\xbf\s*)*(?:<!--.{0,2000}?-->\s*)*<!doctype\s+html\b", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.IGNORECASE)
_SILENT = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video head datalist map area".split()
)
_FURNITURE = frozenset("nav footer aside form button dialog select menu".split())
_CONTROLS = frozenset("button form select nav menu dialog".split())  # furniture even inside a speech
_FURNITURE_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar dialog".split())
_FURNITURE_CLASSES = frozenset("breadcrumb breadcrumbs cookie-banner skip-link pager pagination footer navbar".split())
_SHARING = re.compile(r"(?:^|[-_])(?:share|sharing|social|toolbar|actions)(?:$|[-_])")  # furniture inside a speech
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_LIST, _SPEECH, _TITLE = "meeting-speeches__list", "meeting-speech", "meeting-speech__title"
_DATE = "meeting-header__date-full"
_ITEM_WORDS = {"card__title": "title", "card__document-number": "number", "card__tag": "kind", "card__author": "author"}
_ENOUGH = 2_000_000  # characters in one run: more is no page somebody saved


def recognises(data: bytes) -> bool:
    return bool(_DOCTYPE.match(data[:8192])) or root_of(data).casefold() in _STARTS


def read(data: bytes) -> Source:
    """Read a saved page."""
    text, warnings = decode(_as_declared(data))
    refuse_entities(text)
    guard_tags(text)
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8", recover=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise UnreadableError(Sentence.NO_PAGE()) from None
    for error in parser.error_log:
        if error.level_name == "FATAL" or "xcessive depth" in error.message or "huge" in error.message:
            raise UnreadableError(Sentence.PAGE_TOO_DEEP())
    return _Page(root, text).read(warnings)


def _as_declared(data: bytes) -> bytes:
    """Return `data` in UTF-8 where the page declares a western encoding that it is really in."""
    found = _DECLARED.search(data[:4096])
    if found and found["name"].lower() in (b"iso-8859-1", b"iso-8859-15", b"windows-1252", b"latin1"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            name = "iso-8859-15" if found["name"].lower() == b"iso-8859-15" else "cp1252"
            return data.decode(name, errors="replace").encode("utf-8")
    return data


class _Page:
    def __init__(self, root: Any, text: str) -> None:
        self.root = root
        self.out = Writer()
        self.hints = {"title": "", "url": "", "date": ""}
        self.runs: list[Run] = []
        self.roles: list[tuple[Any, Role | None]] = []
        self.speeches = root.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {_SPEECH} ')]") != []
        self.main = next(root.iter("main"), None)
        self.begun = self.main is None and not self.speeches
        self.ended = False
        self.item: dict[str, str] = {}
        self.item_start: int | None = None
        self.lists = 0
        self.open: dict[Any, int] = {}
        if saved := _SAVED_FROM.search(text[:4096]):
            self.hints["url"] = saved[1]

    def read(self, warnings: tuple[Message, ...]) -> Source:
        self._head()
        start = self.out.length
        skipping: Any = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if skipping is not None:
                if event == "end" and element is skipping:
                    skipping = None
                    self._words(element.tail)
                continue
            if event == "start":
                if not isinstance(element.tag, str) or element.tag in _SILENT or _hidden(element):
                    skipping = element
                    continue
                self._begin(element)
                self._words(element.text)
            else:
                self._end(element)
                if element is not self.root:
                    self._words(element.tail)
        self._flush()
        facts = {key: value for key, value in self.hints.items() if value}
        if self.speeches:
            self.out.mark(start, Role.MEETING, facts)
        kind = {"kind": "verslag"} if self.speeches else {}
        return self.out.source("web page", self.hints | kind, warnings)

    def _head(self) -> None:
        for element in self.root.iter("title", "meta", "link"):
            if element.tag == "title":
                self.hints["title"] = self.hints["title"] or words_of(element)
            elif element.tag == "link" and element.get("rel") == "canonical":
                self.hints["url"] = self.hints["url"] or element.get("href", "")
            elif element.get("property") == "og:url":
                self.hints["url"] = self.hints["url"] or element.get("content", "")

    def _begin(self, element: Any) -> None:
        classes = set(element.get("class", "").split())
        block = element.tag not in _INLINE or any(name.startswith(("meeting-", "card__")) for name in classes)
        if block:
            self._flush()
        if element is self.main:
            self.begun = True
        role = self._role(element, classes)
        if role is not None or block:
            self.roles.append((element, role))
        if _LIST in classes:
            self.lists += 1
            self.begun = True
            self._open_item()
        elif _SPEECH in classes:
            if self.item_start is None:
                self._open_item()
            self.out.gap()
            self.open[element] = self.out.length

    def _role(self, element: Any, classes: set[str]) -> Role | None:
        if _TITLE in classes:
            return Role.SPEAKER
        if any(name.startswith("meeting-header") for name in classes):
            if _DATE in classes:
                self.hints["date"] = self.hints["date"] or words_of(element)
            self.begun = True
            return Role.COVER
        if self.speeches and (found := classes & _ITEM_WORDS.keys()):
            if self.lists and self.item_start is None:
                self.item = {}
            self.begun = True
            self.item[_ITEM_WORDS[found.pop()]] = words_of(element)
            return Role.HEADING
        furniture = (
            element.tag in _FURNITURE
            or element.get("role") in _FURNITURE_ROLES
            or bool(classes & _FURNITURE_CLASSES)
            or (element.tag == "header" and not self.begun)
        )
        sharing = self._in_speech() and any(_SHARING.search(name) for name in classes)
        if sharing or element.tag in _CONTROLS or (furniture and not self._in_speech()):
            return Role.FOOTER if self.begun and element.tag != "nav" else Role.HEADER
        if element.tag in _HEADINGS and self.speeches and self.begun:
            return Role.HEADING
        return None

    def _in_speech(self) -> bool:
        return bool(self.open)

    def _open_item(self) -> None:
        self.out.gap()
        self.item_start = self.out.length

    def _end(self, element: Any) -> None:
        classes = set(element.get("class", "").split())
        if element.tag not in _INLINE or (self.roles and self.roles[-1][0] is element):
            self._flush()
        if self.roles and self.roles[-1][0] is element:
            self.roles.pop()
        if element is self.main:
            self.ended = True
        if (start := self.open.pop(element, None)) is not None:
            self.out.mark(start, Role.SPEECH)
        if _LIST in classes and self.item_start is not None:
            self.out.mark(self.item_start, Role.ITEM, {key: value for key, value in self.item.items() if value})
            self.item_start = None

    def _current(self) -> Role | None:
        role = next((role for _, role in reversed(self.roles) if role is not None), None)
        if role is None and not self._in_speech():
            if not self.begun:
                return Role.HEADER
            if self.ended or (self.lists and self.item_start is None):
                return Role.FOOTER
        return role

    def _words(self, words: str | None) -> None:
        if words:
            if len(words) > _ENOUGH:
                raise UnreadableError(Sentence.PAGE_LINE_TOO_LONG())
            self.runs.append((words, self._current()))

    def _flush(self) -> None:
        if self.runs:
            runs, self.runs = self.runs, []
            if self.out.runs(runs) and not self._in_speech():
                self.out.gap()


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or element.tag == "input"
