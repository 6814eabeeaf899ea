"""What is asked of the web service, and what its answers hold, in the order the product needs it.

/verg/vorige   the meetings of a period
/verg/{id}     one meeting: its head, and the lines of its journal
/jln/{id}      one line of the journal: the words spoken
/vi/{id}       an oral question, where the line does not tell who asks whom
/schv/{id}     a written question: who asks whom, and the file with question and answer
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from transcripts.parliament.client import Client, MissingError, ServiceError
from transcripts.parsing.dates import find_date
from transcripts.reading.service import flag_of, permalink, row_of, rows_of, text_of

MOST = 500  # meetings in one answer
PERIOD = 31  # days asked for at once
PLENARY, COMMITTEE = "plen", "comm"
QUESTION_LINK = "https://www.vlaamsparlement.be/nl/parlementaire-documenten/schriftelijke-vragen/{id}"
_SEARCH = "api/search/query/schriftelijke vraag"
_PER_PAGE = 25
_MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what it is seen whether a meeting changed: two headers to hand back, and the day of the last change."""

    etag: str = ""
    modified: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class FetchedMeeting:
    """data: what reading.service reads, empty where nothing changed. complete: nothing is still to come."""

    data: bytes
    stamp: Stamp
    complete: bool = True
    spoken: bool = False
    wanted: bool = True
    url: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchedQuestion:
    """A written question. data: the bytes of the file with question and answer, empty where there is none yet."""

    data: bytes
    number: str
    session: str
    subject: str
    asker: str
    minister: str
    office: str
    answered: date | None
    url: str
    notes: tuple[str, ...] = ()


def list_meetings(client: Client, since: date, until: date, *, today: date) -> Iterator[str]:
    """Yield the ids of the meetings from `since` to `until`, both included, the oldest period first."""
    for kind in (COMMITTEE, PLENARY):
        start = since
        while start <= until:
            end = min(until, start + timedelta(days=PERIOD - 1))
            yield from _period(client, kind, start, end, today)
            start = end + timedelta(days=1)


def _period(client: Client, kind: str, start: date, end: date, today: date) -> Iterator[str]:
    query = {
        "type": kind,
        "dagen": str(max(1, (today - start).days + 1)),
        "limiet": str(MOST),
        "datumvan": f"{start:%d%m%Y}",
        "datumtot": f"{end:%d%m%Y}",
    }
    answer, _ = client.get_json("verg/vorige", query)
    if not isinstance(answer, dict) or ("items" not in answer and answer):
        raise ServiceError("/verg/vorige: the answer has no “items”; its shape has changed.", lasting=True)
    found = rows_of(answer.get("items"))
    if len(found) >= MOST and start < end:
        middle = start + (end - start) // 2
        yield from _period(client, kind, start, middle, today)
        yield from _period(client, kind, middle + timedelta(days=1), end, today)
        return
    for one in found:
        ident = text_of(row_of(one.get("vergadering")).get("id"))
        if not ident.isdecimal():
            raise ServiceError("/verg/vorige: a meeting has no “id”; its shape has changed.", lasting=True)
        yield ident


def fetch_meeting(
    client: Client, ident: str, *, stamp: Stamp = Stamp(), committees: frozenset[str] = frozenset()
) -> FetchedMeeting:
    """Fetch a meeting with all words spoken at it, unless it is as `stamp` says or of none of the `committees`.

    committees: ids, abbreviations or titles, in small letters, and "plen" for the plenary; empty for all.
    Raises ServiceError where a part of it does not come: half a meeting is none.
    """
    answer, reply = client.get_json(f"verg/{ident}", etag=stamp.etag, modified=stamp.modified)
    if not reply.changed:
        return FetchedMeeting(b"", stamp)
    meeting = unwrap(answer, "datumbegin", f"/verg/{ident}")
    changed = text_of(meeting.get("laatste-wijziging"))
    new = Stamp(reply.etag, reply.modified or _http_date(changed), changed)
    if changed and changed == stamp.changed:
        return FetchedMeeting(b"", new)
    if committees and committees.isdisjoint(_committees(meeting)):
        return FetchedMeeting(b"", new, wanted=False)
    meeting.setdefault("id", ident)
    lines: list[dict[str, Any]] = []
    notes: list[str] = []
    for line in rows_of(meeting.get("journaallijn")):
        lines.append(_line(client, line, notes))
    questions = [_question(client, one, notes) for one in _told_in_part(lines)]
    data = {"vergadering": meeting, "journaallijn": lines, "vrageninterpellatie": questions}
    waiting = flag_of(meeting.get("voorlopig-verslag")) or any(
        flag_of(one.get("verslagnognietbeschikbaar"))
        for line in lines
        for one in rows_of(line.get("vrageninterpellatie"))
    )
    spoken = any(text_of(one.get("sprekertekst")) for line in lines for one in rows_of(line.get("spreker")))
    return FetchedMeeting(
        json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"),
        new,
        complete=spoken and not waiting and not notes,
        spoken=spoken,
        url=permalink(ident, plenary=not rows_of(meeting.get("commissie"))),
        notes=tuple(notes),
    )


def _line(client: Client, line: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    """Return a line of the journal with the words spoken; what only the meeting tells of it is kept."""
    ident = text_of(line.get("id"))
    if not ident.isdecimal():
        notes.append("A line of the journal has no id: what was said there could not be fetched.")
        return line
    try:
        answer, _ = client.get_json(f"jln/{ident}")
    except MissingError:
        notes.append(f"The words spoken under line {ident} of the journal are not there yet.")
        return line
    told = unwrap(answer, "spreker", f"/jln/{ident}")
    return line | {key: value for key, value in told.items() if value not in (None, [], {})}


def _told_in_part(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for question in rows_of(line.get("vrageninterpellatie")):
            whole = text_of(question.get("nummer")) and rows_of(question.get("contacttype"))
            if not whole and text_of(question.get("id")).isdecimal():
                yield question


def _question(client: Client, known: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    ident = text_of(known.get("id"))
    try:
        answer, _ = client.get_json(f"vi/{ident}")
    except MissingError:
        return known
    return known | unwrap(answer, "titel", f"/vi/{ident}") | {"id": ident}


def _committees(meeting: dict[str, Any]) -> set[str]:
    found = {
        text_of(one.get(key)).casefold()
        for one in rows_of(meeting.get("commissie"))
        for key in ("id", "afkorting", "titel")
    }
    return found - {""} or {PLENARY}


def list_written(client: Client, since: date, until: date) -> Iterator[str]:
    """Yield the ids of the written questions published from `since` to `until`, the newest first."""
    for page in range(1, _MOST_PAGES + 1):
        query = {"collection": "vp_collection", "sort": "date", "order": "desc"}
        answer = client.search(_SEARCH, query | {"max": str(_PER_PAGE), "page": str(page)})
        if not isinstance(answer, dict) or "result" not in answer:
            raise ServiceError("The search for written questions has no “result”; its shape has changed.", lasting=True)
        found = rows_of(answer.get("result"))
        days = []
        for one in found:
            tags = _tags(one.get("metatags"))
            day = _day(tags.get("publicatiedatum", ""))
            if day:
                days.append(day)
            ident = tags.get("opendata", "").rstrip("/").rpartition("/schv/")[2]
            if tags.get("soort", "").casefold() == "schv" and ident.isdecimal() and day and since <= day <= until:
                yield ident
        if found and not days:
            raise ServiceError("The search for written questions gives no dates; its shape has changed.", lasting=True)
        if len(found) < _PER_PAGE or max(days) < since:
            return


def _tags(value: Any) -> dict[str, str]:
    """Return tags by name, whether the service gives an object or a list of pairs."""
    if isinstance(value, dict):
        return {key: text_of(one[0] if isinstance(one, list) and one else one) for key, one in value.items()}
    pairs = ((text_of(one.get("name")), text_of(one.get("value"))) for one in rows_of(value))
    return {name: words for name, words in pairs if name}


def fetch_written(client: Client, ident: str) -> FetchedQuestion:
    """Fetch a written question and the first of its files, which holds question and answer."""
    answer, _ = client.get_json(f"schv/{ident}")
    question = unwrap(answer, "onderwerp", f"/schv/{ident}")
    steps = [
        (text_of(one.get("status")).casefold(), _day(text_of(one.get("datum"))))
        for one in rows_of(question.get("procedureverloop"))
    ]
    answered = max((day for status, day in steps if day and "antwoord" in status), default=None)
    files = [text_of(one.get("URL")) or text_of(one.get("url")) for one in rows_of(question.get("bestand-ordered"))]
    files = [address for address in files if address]
    notes = [f"Not read: {address}, an appendix." for address in files[1:]]
    if not rows_of(question.get("vraagsteller")):
        notes.append(f"/schv/{ident}: no usable “vraagsteller”; it is missing or its shape has changed.")
    minister = row_of(question.get("minister"))
    return FetchedQuestion(
        client.get_file(files[0]).data if files and answered else b"",
        text_of(question.get("vraagnummer")) or text_of(question.get("nummer")),
        text_of(question.get("zittingsjaar")),
        text_of(question.get("onderwerp")) or text_of(question.get("titel")),
        _name(row_of(question.get("vraagsteller"))),
        _name(minister),
        text_of(minister.get("titel")),
        answered,
        QUESTION_LINK.format(id=ident),
        tuple(notes),
    )


def _name(person: dict[str, Any]) -> str:
    inner = row_of(person.get("contact")) or row_of(person.get("persoon")) or person
    return " ".join(words for words in (text_of(inner.get("voornaam")), text_of(inner.get("naam"))) if words)


def unwrap(answer: Any, field: str, path: str) -> dict[str, Any]:
    """Return the object that holds `field`: the answer itself, or what it wraps in a single field.

    Raises ServiceError where there is none: then the shape of the answer has changed.
    """
    if isinstance(answer, dict):
        inside = [one for value in answer.values() for one in rows_of(value)]
        for one in [answer, *(inside if len(answer) == 1 else [])]:
            if field in one:
                return dict(one)
    raise ServiceError(f"{path}: the answer has no “{field}”; its shape has changed.", lasting=True)


def _day(words: str) -> date | None:
    """Return the day of a moment as the service writes it, or of a date in words."""
    return find_date(words[:10]) or find_date(words)


def _http_date(words: str) -> str:
    """Return a moment as the service writes it, as an HTTP date; nothing where it is none."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return ""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
