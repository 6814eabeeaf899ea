"""A meeting as the parliament's web service tells it: its answers put together in one JSON document.

    {"vergadering": {...}, "journaallijn": [{"id": …, "spreker": [...], …}, …], "vrageninterpellatie": [{...}, …]}

The first is the answer to /verg/{id}, the second those to /jln/{id} in the order of the meeting, the third those to
/vi/{id} for questions that are not told in full where they were treated. The text is made of the head of the meeting,
and of each line of its journal: what was treated, and who said what. The rest (ids, links, dates of procedure) is left
out by design. A field of another shape than known is told in words, and what can be read is read.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from transcripts.messages import Message, Sentence
from transcripts.reading.source import Role, Source, UnreadableError
from transcripts.reading.writer import Writer

_COMMITTEE = "https://www.vlaamsparlement.be/nl/parlementair-werk/commissies/commissievergaderingen/{id}"
_PLENARY = "https://www.vlaamsparlement.be/nl/parlementair-werk/plenaire-vergaderingen/{id}"
_BEGIN = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*\{\s*"vergadering"\s*:')
_SUBJECTS = (
    "vrageninterpellatie",
    "debat",
    "gedachtewisseling",
    "hoorzitting",
    "parlementair-initiatief",
    "verzoekschrift",
)
_BLOCKS = frozenset(
    "address article blockquote dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul".split()
)
_SILENT = frozenset("script style template iframe object embed svg math noscript head title textarea select".split())
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ASKERS = ("vraagsteller", "interpellant")


def recognises(data: bytes) -> bool:
    return bool(_BEGIN.match(data[:4096]))


def read(data: bytes) -> Source:
    """Read a meeting. Raises UnreadableError where it is no JSON, or holds no meeting."""
    try:
        answers = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableError(Sentence.ANSWERS_DAMAGED()) from None
    meeting = answers.get("vergadering") if isinstance(answers, dict) else None
    if not isinstance(meeting, dict):
        raise UnreadableError(Sentence.ANSWERS_WITHOUT_MEETING())
    return _Meeting(answers, meeting).read()


def permalink(ident: str, *, plenary: bool) -> str:
    """Return the address of the page of a meeting."""
    return (_PLENARY if plenary else _COMMITTEE).format(id=ident)


class _Meeting:
    def __init__(self, answers: dict[str, Any], meeting: dict[str, Any]) -> None:
        self.answers = answers
        self.meeting = meeting
        self.out = Writer()
        self.warnings: list[Message] = []
        self.questions = {text_of(one.get("id")): one for one in rows_of(answers.get("vrageninterpellatie"))}

    def read(self) -> Source:
        meeting = self.meeting
        number = text_of(meeting.get("vergaderingnummer"))
        committees = [text_of(one.get("titel")) for one in rows_of(meeting.get("commissie"))]
        committee = ", ".join(name for name in committees if name)
        day = text_of(meeting.get("datumbegin"))[:10]
        start = self.out.length
        provisional = flag_of(meeting.get("voorlopig-verslag"))
        # In the text, so that the same words become another version once they are no longer provisional.
        state = "voorlopig verslag" if provisional else ""
        for words in (text_of(meeting.get("omschrijving")), committee, number, day, state):
            self.out.line(words, Role.COVER)
        if not day:
            self.warnings.append(Sentence.MEETING_FIELD_UNUSABLE(field="datumbegin"))
        lines = rows_of(self.answers.get("journaallijn"))
        for line in lines:
            self._line(line)
        if not lines:
            self.warnings.append(Sentence.NOTHING_SPOKEN_YET())
        ident = text_of(meeting.get("id"))
        session = next((text_of(one.get("zittingsjaar")) for one in self._subjects(lines)), "")
        link = permalink(ident, plenary=not committees)
        facts = {"id": ident, "date": day, "number": number, "session": session, "committee": committee, "url": link}
        facts["title"] = text_of(meeting.get("omschrijving"))
        self.out.mark(start, Role.MEETING, {key: value for key, value in facts.items() if value})
        if provisional:
            self.warnings.append(Sentence.SERVICE_PROVISIONAL())
        hints = {"kind": "verslag", "date": day, "title": facts["title"], "url": link}
        hints["provisional"] = "yes" if provisional else ""
        return self.out.source("web service", hints, dict.fromkeys(self.warnings))

    def _subjects(self, lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for line in lines:
            for name in _SUBJECTS:
                for subject in rows_of(line.get(name)):
                    yield self.questions.get(text_of(subject.get("id")), subject)

    def _line(self, line: dict[str, Any]) -> None:
        """Write one line of the journal: one agenda item, with all that was treated together."""
        self.out.gap()
        start = self.out.length
        ident = text_of(line.get("id"))
        facts: dict[str, str] = {"id": ident}
        for name in _SUBJECTS:
            for subject in rows_of(line.get(name)):
                self._subject(name, self.questions.get(text_of(subject.get("id")), subject), facts)
        if "title" not in facts and (title := text_of(line.get("titel")) or text_of(line.get("onderwerp"))):
            facts["title"] = title
            self.out.line(title, Role.HEADING)
        speakers = line.get("spreker")
        if speakers is not None and not isinstance(speakers, list | dict):
            self._line_lacks("spreker", ident)
        for speaker in rows_of(speakers):
            self._speech(speaker, ident)
        self.out.mark(start, Role.ITEM, {key: value for key, value in facts.items() if value})

    def _subject(self, name: str, subject: dict[str, Any], facts: dict[str, str]) -> None:
        """Write what was treated; each question is an entry of the agenda, under the id of the line."""
        title = text_of(subject.get("titel")) or text_of(subject.get("onderwerp"))
        kind = text_of(row_of(subject.get("objecttype")).get("naam")) or name.replace("-", " ")
        number, session = text_of(subject.get("nummer")), text_of(subject.get("zittingsjaar"))
        if not title:
            self._item_lacks("titel", f"{kind} {text_of(subject.get('id'))}".strip())
        self.out.line(": ".join(words for words in (kind, title) if words), Role.HEADING)
        if number:
            self.out.line(f"– {number} ({session})" if session else f"– {number}", Role.HEADING)
        bare = re.sub(r"^(?:over|betreffende)\s+", "", title)
        facts["title"] = "; ".join(words for words in (facts.get("title", ""), bare) if words)
        facts.setdefault("kind", kind)
        if name != "vrageninterpellatie":
            return
        asker = next((who for role, who, _ in _contacts(subject) if role in _ASKERS), "")
        addressee, office = next(
            ((who, office) for role, who, office in _contacts(subject) if "minister" in role), ("", "")
        )
        if not asker:
            self._item_lacks("contacttype", f"{kind} {number}".strip())
        entry = {"item": facts["id"], "kind": kind, "title": bare, "number": number, "session": session}
        entry |= {"asker": asker, "addressee": addressee, "addressee_title": office}
        self.out.fact(Role.AGENDA, {key: value for key, value in entry.items() if value})

    def _speech(self, speaker: dict[str, Any], ident: str) -> None:
        if "sprekertekst" not in speaker:
            self._line_lacks("sprekertekst", ident)
        label = next(iter(paragraphs_of(text_of(speaker.get("sprekertitel")))), "")
        person = row_of(speaker.get("persoon"))
        name = " ".join(words for words in (text_of(person.get("voornaam")), text_of(person.get("naam"))) if words)
        if not label and not name:
            self._line_lacks("sprekertitel", ident)
        self.out.gap()
        start = self.out.length
        self.out.line(label or name, Role.SPEAKER)
        for paragraph in paragraphs_of(text_of(speaker.get("sprekertekst"))):
            self.out.line(paragraph)
        self.out.mark(start, Role.SPEECH, {"name": name} if name else {})

    def _line_lacks(self, field: str, line: str) -> None:
        self.warnings.append(Sentence.LINE_FIELD_UNUSABLE(field=field, line=line))

    def _item_lacks(self, field: str, item: str) -> None:
        self.warnings.append(Sentence.ITEM_FIELD_UNUSABLE(field=field, item=item))


def _contacts(subject: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (role in small letters, name, office) of everybody a question names."""
    for group in rows_of(subject.get("contacttype")):
        role = text_of(group.get("beschrijving")).casefold()
        for contact in rows_of(group.get("contact")):
            parts = (text_of(contact.get("voornaam")), text_of(contact.get("naam")))
            yield role, " ".join(words for words in parts if words), text_of(contact.get("titel"))


def paragraphs_of(markup: str) -> list[str]:
    """Return the paragraphs of a piece of HTML, in words alone: no script, no attribute, entities resolved."""
    markup = _CONTROL.sub(" ", markup)
    if "<" not in markup and "&" not in markup:
        return [" ".join(line.split()) for line in markup.split("\n") if line.strip()]
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(f"<html><body>{markup}</body></html>".encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return [" ".join(re.sub(r"<[^<>]*>", " ", markup).split())]
    parts: list[str] = []
    skipping: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipping is None and event == "start":
            if not isinstance(element.tag, str) or element.tag in _SILENT:
                skipping = element
                continue
            parts.append("\n" if element.tag in _BLOCKS or element.tag == "br" else "")
            parts.append(_flat(element.text))
        elif event == "end" and (skipping is None or skipping is element):
            skipping = None
            parts.append("\n" if element.tag in _BLOCKS else "")
            parts.append(_flat(element.tail))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _flat(words: str | None) -> str:
    return (words or "").replace("\n", " ")


def text_of(value: Any) -> str:
    """Return a string or a number as words; anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _CONTROL.sub(" ", str(value)).strip()


def row_of(value: Any) -> dict[str, Any]:
    """Return an object; the first of a list; anything else is empty."""
    return next(iter(rows_of(value)), {})


def rows_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; one that stands alone is a list of one."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def flag_of(value: Any) -> bool:
    """Tell whether a field says yes, as a boolean or in words, or holds an object that is there only then."""
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "ja", "yes", "1")
    return bool(value)
