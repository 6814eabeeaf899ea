"""The bridge from what was said to the engine, and on to the rows that `extract` prints. Pure: no database."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from commitments.engine import calendars, statements
from commitments.engine.statements.rules import Book
from commitments.engine.types import ExpressionKind, Proposal, Register, Side
from commitments.engine.types import Turn as EngineTurn
from transcripts.parsing.transcript import Capacity, DocumentKind, Item, Transcript, Turn

REGISTERS = {
    DocumentKind.REPORT: Register.SPOKEN,
    DocumentKind.WRITTEN_QUESTION: Register.WRITTEN,
    DocumentKind.POLICY_NOTE: Register.POLICY,
}
SIDES = {
    Capacity.MINISTER: Side.GOVERNMENT,
    Capacity.CHAIR: Side.CHAIR,
    Capacity.MEMBER: Side.MEMBER,
    Capacity.OTHER: Side.OTHER,
}


def propose_turns(
    turns: Iterable[tuple[str, str, Capacity]],
    *,
    kind: DocumentKind,
    said_on: date,
    book: Book | None = None,
    summarised: bool = True,
) -> list[Proposal]:
    """Let the engine read the turns (text, name, capacity) of one agenda item, in order.

    book        the rules and their weights; those that ship where none is given
    summarised  whether each proposal gets its short line
    """
    return statements.propose(
        [EngineTurn(text, name, SIDES[capacity]) for text, name, capacity in turns],
        said_on=said_on,
        register=REGISTERS[kind],
        calendar=calendars.load(),
        book=book,
        summarised=summarised,
    )


def propose_for(transcript: Transcript, *, summarised: bool = True) -> Iterator[tuple[Item, Turn, Proposal]]:
    """Yield every proposed statement of `transcript` with its agenda item and turn, in the order of the document.

    A transcript without a date yields nothing: without the day of speaking no deadline can be read.
    """
    if transcript.said_on is None:
        return
    for item in transcript.items:
        turns = ((turn.text, turn.speaker.name, turn.speaker.capacity) for turn in item.turns)
        proposals = propose_turns(turns, kind=transcript.kind, said_on=transcript.said_on, summarised=summarised)
        for proposal in proposals:
            yield item, item.turns[proposal.turn], proposal


def rows(transcript: Transcript, doc: str) -> Iterator[dict[str, Any]]:
    """Yield one row per proposed statement, as `extract` prints it; `doc` is the file name without ending.

    start and end count in the text as read; the dates are ISO strings or None.
    """
    for item, turn, proposal in propose_for(transcript, summarised=False):  # the short line is not among them
        start, end = turn.passage.to_source(proposal.start, proposal.end)
        deadline = proposal.deadline
        dated = deadline is not None and deadline.kind is ExpressionKind.DEADLINE
        yield {
            "doc": doc,
            "question": ", ".join(question.number for question in item.questions if question.number),
            "speaker": turn.speaker.name,
            "said_on": transcript.said_on.isoformat() if transcript.said_on else None,
            "quote": proposal.quote,
            "start": start,
            "end": end,
            "kind": proposal.kind.value,
            "conditional": proposal.conditional,
            "confidence": proposal.confidence,
            "due_text": deadline.text if deadline else "",
            "due_start": deadline.due_start.isoformat() if deadline and dated and deadline.due_start else None,
            "due_end": deadline.due_end.isoformat() if deadline and dated and deadline.due_end else None,
            "precision": deadline.precision.value if deadline else "",
            "cues": [cue.rule for cue in proposal.cues],
        }
