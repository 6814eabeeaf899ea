"""What the lists beside the commitments show: statements, follow-ups, events and documents.

What waits for review is no part of them: who reviews is told of what everybody sees.
"""

from commitments.changes.watching import DEADLINE, DOCUMENT, EVENT, FOLLOW_UP, STATEMENT, Watched

_PAPER = ("uid", "title", "kind", "date")  # what each of them tells of the document it stands in
_STATEMENTS = (
    "SELECT statement.id FROM commitments_statement statement"
    " JOIN transcripts_speech speech ON speech.id = statement.speech_id"
    " JOIN transcripts_agendaitem item ON item.id = speech.item_id"
    " WHERE statement.state = 'accepted' AND "
)
_FOLLOW_UPS = (
    "SELECT follow_up.id FROM commitments_followup follow_up"
    " JOIN transcripts_agendaitem item ON item.id = follow_up.item_id WHERE "
)
_OF_ITS_PROMISE = "SELECT id FROM {table} WHERE commitment_id = {{row}}.id"
_OF_PROMISE = "SELECT id FROM {table} WHERE commitment_id = {{row}}.commitment_id"
_OF_A_PROMISE = "{row}.commitment_id IS NOT NULL"


def _of_promise(kind: str, table: str) -> tuple[Watched, ...]:
    """Rows that everybody sees where everybody sees the promise they hang on."""
    keys = _OF_PROMISE.format(table=table)
    return (
        Watched(kind, "commitments_commitment", ("uid",), _OF_ITS_PROMISE.format(table=table), comes=False),
        Watched(kind, "commitments_outsidestatement", ("commitment_id", "public"), keys),
    )  # fmt: skip


_OF_STATEMENTS = (
    Watched(
        STATEMENT,
        "commitments_statement",
        ("uid", "speech_id", "start", "end", "quote", "said_on", "kind", "condition", "addressee_id", "confidence",
         "cues", "state", "rejected_because", "commitment_id", "relation", *DEADLINE),
        "SELECT {row}.id",
        only="{row}.state = 'accepted'",
    ),
    Watched(
        STATEMENT,
        "commitments_commitment",
        ("uid",),
        "SELECT id FROM commitments_statement WHERE commitment_id = {row}.id",
        comes=False,
    ),
    Watched(
        STATEMENT,
        "transcripts_speech",
        ("item_id", "person_id", "pieces", "page"),
        f"{_STATEMENTS} speech.id = {{row}}.id",
        comes=False,
    ),
    Watched(
        STATEMENT, "transcripts_agendaitem", ("document_id",), f"{_STATEMENTS} item.id = {{row}}.id", comes=False
    ),
    Watched(
        STATEMENT,
        "transcripts_document",
        (*_PAPER, "url", "page_starts"),
        f"{_STATEMENTS} item.document_id = {{row}}.id",
        comes=False,
    ),
    Watched(
        STATEMENT,
        "transcripts_person",
        ("uid", "name"),
        f"{_STATEMENTS} (speech.person_id = {{row}}.id OR statement.addressee_id = {{row}}.id)",
        comes=False,
    ),
)  # fmt: skip
_OF_FOLLOW_UPS = (
    Watched(
        FOLLOW_UP,
        "commitments_followup",
        ("uid", "commitment_id", "item_id", "kind", "state", "score", "certainty", "reasons", "speech_id", "start",
         "end", "quote", "dismissed_because", *DEADLINE),
        "SELECT {row}.id",
        only="{row}.state = 'confirmed'",
    ),
    *_of_promise(FOLLOW_UP, "commitments_followup"),
    Watched(
        FOLLOW_UP,
        "commitments_statement",
        ("commitment_id", "state"),
        _OF_PROMISE.format(table="commitments_followup"),
        only=_OF_A_PROMISE,
    ),
    Watched(
        FOLLOW_UP,
        "transcripts_speech",
        ("person_id", "pieces", "page"),
        "SELECT id FROM commitments_followup WHERE speech_id = {row}.id",
        comes=False,
    ),
    Watched(
        FOLLOW_UP,
        "transcripts_agendaitem",
        ("uid", "title", "document_id"),
        f"{_FOLLOW_UPS} item.id = {{row}}.id",
        comes=False,
    ),
    Watched(
        FOLLOW_UP,
        "transcripts_document",
        (*_PAPER, "page_starts"),
        f"{_FOLLOW_UPS} item.document_id = {{row}}.id",
        comes=False,
    ),
    Watched(
        FOLLOW_UP,
        "transcripts_person",
        ("uid", "name"),
        "SELECT follow_up.id FROM commitments_followup follow_up"
        " JOIN transcripts_speech speech ON speech.id = follow_up.speech_id WHERE speech.person_id = {row}.id",
        comes=False,
    ),
)  # fmt: skip
_OF_EVENTS = (
    Watched(
        EVENT,
        "commitments_event",
        ("uid", "at", "day", "kind", "commitment_id", "statement_id", "follow_up_id", "about_day", "before", "after"),
        "SELECT {row}.id",
        only=_OF_A_PROMISE,
    ),
    *_of_promise(EVENT, "commitments_event"),
    Watched(
        EVENT,
        "commitments_statement",
        ("uid", "commitment_id", "state"),
        "SELECT id FROM commitments_event WHERE commitment_id = {row}.commitment_id OR statement_id = {row}.id",
        only=_OF_A_PROMISE,
    ),
    Watched(
        EVENT,
        "commitments_followup",
        ("uid", "state"),
        "SELECT id FROM commitments_event WHERE follow_up_id = {row}.id",
        comes=False,
    ),
)
_OF_DOCUMENTS = (
    Watched(
        DOCUMENT,
        "transcripts_document",
        (*_PAPER, "url", "provisional", "page_starts", "meeting_id"),
        "SELECT {row}.id",
    ),
    Watched(
        DOCUMENT,
        "transcripts_meeting",
        ("uid", "date", "number", "session", "committee", "chair_id"),
        "SELECT id FROM transcripts_document WHERE meeting_id = {row}.id",
        comes=False,
    ),
    Watched(
        DOCUMENT,
        "transcripts_person",
        ("uid", "name"),
        "SELECT document.id FROM transcripts_document document"
        " JOIN transcripts_meeting meeting ON meeting.id = document.meeting_id WHERE meeting.chair_id = {row}.id",
        comes=False,
    ),
    # How many promises it has.
    Watched(
        DOCUMENT,
        "commitments_statement",
        ("state", "speech_id"),
        "SELECT item.document_id FROM transcripts_speech speech"
        " JOIN transcripts_agendaitem item ON item.id = speech.item_id WHERE speech.id = {row}.speech_id",
        only="{row}.state = 'accepted'",
    ),
    Watched(
        DOCUMENT,
        "transcripts_speech",
        ("item_id",),
        "SELECT document_id FROM transcripts_agendaitem WHERE id = {row}.item_id",
        comes=False,
    ),
    Watched(DOCUMENT, "transcripts_agendaitem", ("document_id",), "SELECT {row}.document_id", comes=False),
)
BESIDE = (*_OF_STATEMENTS, *_OF_FOLLOW_UPS, *_OF_EVENTS, *_OF_DOCUMENTS)
