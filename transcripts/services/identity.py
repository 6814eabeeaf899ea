"""What stays the same when a corrected or completed version of a paper comes in. Pure: no rows."""

import hashlib
from urllib.parse import urlsplit

from transcripts.papers import Paper
from transcripts.parsing import names
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading.source import Role

LONGEST = 200  # characters, as the column of Document.identity
_WEB_PAGE = "web page"


def identity_of(paper: Paper) -> str:
    """Return the identity of a paper, or nothing where it has none: then every other file is another document.

    Of a report: the id its source gives the meeting; else the number with the session; the address of a saved page;
    the committee and the day; of an excerpt without any of these its first question. Of a written question: its
    number with the session and who is asked, for every minister's questions are numbered apart.
    """
    transcript = paper.transcript
    if transcript.kind is DocumentKind.WRITTEN_QUESTION:
        return _joined(transcript.kind.value, *_of_question(paper))
    if transcript.kind is DocumentKind.REPORT:
        return _joined(transcript.kind.value, *_of_report(paper))
    return ""


def _of_report(paper: Paper) -> tuple[str, ...]:
    transcript, source = paper.transcript, paper.source
    facts = next((mark.facts for mark in source.marks if mark.role is Role.MEETING), {})
    day = transcript.said_on.isoformat() if transcript.said_on else ""
    if facts.get("id"):
        return source.reader, facts["id"]  # another reader leaves out other words: never a version of this one
    if source.reader == _WEB_PAGE and (address := _address(facts.get("url", "") or source.hints.get("url", ""))):
        return (address,)
    if transcript.meeting_number:
        return transcript.meeting_number, transcript.session or day
    if transcript.committee and day:
        return names.fold(transcript.committee), day
    asked = (question for item in transcript.items for question in item.questions)
    first = next((question for question in asked if question.number and question.session), None)
    return (day, "vraag", first.number, first.session) if first else ()


def _of_question(paper: Paper) -> tuple[str, ...]:
    questions = [question for item in paper.transcript.items for question in item.questions]
    if len(questions) != 1 or not (questions[0].number and questions[0].session):
        return ()
    asked = names.fold(names.family_name(questions[0].addressee)) if questions[0].addressee else ""
    return questions[0].number, questions[0].session, asked


def _address(url: str) -> str:
    """Return host and path of a web address; nothing where it leads to no page of its own."""
    parts = urlsplit(url.strip()) if url.startswith(("http://", "https://")) else None
    if parts is None or not parts.path.strip("/"):
        return ""
    return parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/")


def _joined(kind: str, *parts: str) -> str:
    words = " ".join(" ".join(part.split()) for part in parts if part.strip())
    if not words:
        return ""
    identity = f"{kind} {words}"
    if len(identity) <= LONGEST:
        return identity
    digest = hashlib.sha256(identity.encode()).hexdigest()
    return f"{identity[: LONGEST - 1 - len(digest)]} {digest}"
