"""XML that comes from anywhere: which kind it is, and a tree of it that cost no more than it may.

Nothing outside the file is fetched, no entity of its own is resolved, and a tree that would not fit is refused before
it is built. Comments and processing instructions are no content.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from transcripts.messages import Message, Sentence
from transcripts.reading.encodings import decode
from transcripts.reading.source import UnreadableError

MOST_TAGS = 600_000
_LONG_TAG = re.compile(r"<[^<>]{16000,}+")
_MOST_ATTRIBUTES = 2000
_HEAD = 64 * 1024
_BEFORE_ROOT = re.compile(
    r"[\s\ufeff]*(?:(?:ï»¿|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[\]]*+(?:\[[^\]]*+\])?+[^<>\[\]]*+>)[\s\ufeff]*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)(?=[\s/>])")
_DECLARATION = re.compile(r"[\s\ufeff]*(?:ï»¿[\s\ufeff]*)*(?:<\?xml\b[^>]{0,200}\?>)?", re.IGNORECASE)


def root_of(data: bytes) -> str:
    """Return the name of the root element without its prefix, or nothing where `data` does not begin like XML."""
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", errors="ignore")
    else:
        text = head.decode("utf-8", errors="replace")
    before = _BEFORE_ROOT.match(text)
    root = _ROOT.match(text, before.end() if before else 0)
    return root["name"] if root else ""


def refuse_entities(text: str) -> None:
    """Raise UnreadableError where `text` defines entities: what they stand for is never looked up."""
    if "<!ENTITY" in text:
        raise UnreadableError(Sentence.OWN_ENTITIES())


def guard_tags(text: str, most: int = MOST_TAGS) -> None:
    """Raise UnreadableError where `text` holds more tags, or more attributes in one, than a tree of them may cost."""
    if text.count("<") > most:
        raise UnreadableError(Sentence.TOO_MANY_TAGS(most=most))
    if text.count('="') + text.count("='") > most:
        raise UnreadableError(Sentence.TOO_MANY_ATTRIBUTES(most=most))
    for found in _LONG_TAG.finditer(text):
        if found[0].count("=") > _MOST_ATTRIBUTES:
            raise UnreadableError(Sentence.LONG_TAG())


def parse_xml(data: bytes, most_tags: int = MOST_TAGS) -> tuple[Any, tuple[Message, ...]]:
    """Return the root element, and a sentence for whatever was repaired in the characters before."""
    text, warnings = decode(data)
    return parse_text(text, most_tags), warnings


def parse_text(text: str, most_tags: int = MOST_TAGS) -> Any:
    """Return the root element of XML that is decoded already."""
    refuse_entities(text)
    guard_tags(text, most_tags)
    start = _DECLARATION.match(text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text[start.end() if start else 0 :].encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        where = Sentence.XML_DAMAGED_AT(line=error.lineno) if error.lineno else Sentence.XML_DAMAGED()
        raise UnreadableError(where) from None


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any, name: str) -> Iterator[Any]:
    """Yield the children called `name`, whatever their namespace."""
    return (child for child in element if name_of(child) == name)


def words_of(element: Any) -> str:
    """Return all the words in an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def first_words(element: Any, *path: str) -> str:
    """Return the words of the first element under `path` (names of children of children), or nothing."""
    here = element
    for name in path:
        here = next(children(here, name), None)
        if here is None:
            return ""
    return words_of(here)


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace, or nothing."""
    value = element.get(name)
    if value is None:
        value = next((found for key, found in element.attrib.items() if key.rpartition("}")[2] == name), "")
    return str(value)
