"""The committee export: items and speakers come marked; the agenda beside it tells the questions of each item."""

from dataclasses import replace

from transcripts.parsing.marked import ItemDraft, Marked, draft_items, finish, question_of
from transcripts.parsing.names import fold
from transcripts.parsing.notes import new_chair
from transcripts.parsing.transcript import Transcript
from transcripts.reading.source import Mark, Role, Source

_QUESTION = "vraag om uitleg"


def parse_export(source: Source) -> Transcript:
    """Parse the export of one meeting (see reading.parts for a file that holds several)."""
    marked = Marked(source)
    drafts = draft_items(marked)
    _chairs(marked, drafts)
    committee = _ask(marked, drafts)
    found = finish(marked, drafts)
    return replace(found, committee=committee, title=committee) if committee else found


def _chairs(marked: Marked, drafts: list[ItemDraft]) -> None:
    """Note who takes the chair, as the stage notes of an item say."""
    for draft in drafts:
        for note in marked.inside(draft.start, draft.end):
            if note.role is Role.NOTE and (name := new_chair(marked.words(note))):
                draft.chair = draft.chair or name


def _ask(marked: Marked, drafts: list[ItemDraft]) -> str:
    """Hang the questions of the agenda on the items; return the committee.

    A question without a report of its own was joined to the one before it on the agenda, where its asker speaks.
    """
    meeting = marked.meeting().get("id", "")
    agenda = [mark for mark in marked.source.marks if mark.role is Role.AGENDA and mark.facts.get("meeting") == meeting]
    by_title = {_key(draft.facts.get("title", "")): draft for draft in drafts}
    before: ItemDraft | None = None
    for mark in agenda:
        question = question_of(mark.facts)
        if question is None:
            continue
        own = by_title.get(_key(mark.facts.get("title", "")))
        if own is not None:
            before = own
            own.facts.setdefault("kind", mark.facts.get("kind", ""))
        elif before is None or fold(question.asker) not in {fold(turn.speaker.name) for turn in before.turns}:
            continue
        (own or before).questions.append(question)
    for draft in drafts:
        draft.facts.setdefault("kind", _QUESTION)
    return _committee(agenda)


def _committee(agenda: list[Mark]) -> str:
    return next((mark.facts["committee"] for mark in agenda if mark.facts.get("committee")), "")


def _key(title: str) -> str:
    return " ".join(title.casefold().split())
