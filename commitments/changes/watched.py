"""Which columns of which tables the feed shows, and of which of its rows. What is shown later is added here."""

from commitments.changes.beside import BESIDE
from commitments.changes.watching import COMMITMENT, DEADLINE, DOCUMENT, EVENT, FOLLOW_UP, STATEMENT, Watched

__all__ = ["COMMITMENT", "DOCUMENT", "EVENT", "FOLLOW_UP", "STATEMENT", "WATCHED", "Watched"]

_OF_STATEMENTS = (
    "SELECT statement.commitment_id FROM commitments_statement statement"
    " JOIN transcripts_speech speech ON speech.id = statement.speech_id"
    " JOIN transcripts_agendaitem item ON item.id = speech.item_id"
    " WHERE statement.commitment_id IS NOT NULL AND "
)

WATCHED = (
    Watched(
        COMMITMENT,
        "commitments_commitment",
        ("uid", "title", "kind", "condition", "person_id", "mandate_id", "said_on", "status", "check_on",
         "fulfilled_on", "evidence", "superseded_by_id", "asked_on", "waiting_until", *DEADLINE),
        "SELECT {row}.id",
    ),
    Watched(
        COMMITMENT,
        "commitments_statement",
        ("uid", "speech_id", "start", "end", "quote", "said_on", "kind", "condition", "confidence", "cues", "state",
         "commitment_id", "relation", *DEADLINE),
        "SELECT {row}.commitment_id WHERE {row}.commitment_id IS NOT NULL",
        only="{row}.commitment_id IS NOT NULL",
    ),
    Watched(
        COMMITMENT,
        "commitments_outsidestatement",
        ("commitment_id", "quote", "said_on", "source_name", "source_url", "public"),
        "SELECT {row}.commitment_id",
    ),
    Watched(
        COMMITMENT,
        "transcripts_speech",
        ("item_id", "pieces", "page"),
        f"{_OF_STATEMENTS} speech.id = {{row}}.id",
        comes=False,
    ),
    Watched(
        COMMITMENT,
        "transcripts_agendaitem",
        ("document_id",),
        f"{_OF_STATEMENTS} item.id = {{row}}.id",
        comes=False,
    ),
    Watched(
        COMMITMENT,
        "transcripts_document",
        ("uid", "title", "kind", "date", "url", "page_starts"),
        f"{_OF_STATEMENTS} item.document_id = {{row}}.id",
        comes=False,
    ),
    Watched(
        COMMITMENT,
        "transcripts_person",
        ("uid", "name"),
        # Who holds a portfolio may be shown as the successor of anybody.
        "SELECT id FROM commitments_commitment WHERE person_id = {row}.id"
        " UNION SELECT NULL FROM transcripts_mandate WHERE person_id = {row}.id",
        comes=False,
    ),
    Watched(
        COMMITMENT,
        "transcripts_mandate",
        ("person_id", "title", "portfolio", "start", "end", "registered"),
        # Without a key: whom a portfolio passed to is worked out from all mandates together.
        "SELECT NULL",
    ),
    *BESIDE,
)  # fmt: skip
