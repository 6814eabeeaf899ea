"""A meeting from the web service: items and speakers come marked, the questions of each item as its agenda."""

from transcripts.parsing.marked import Marked, draft_items, finish, question_of
from transcripts.parsing.transcript import Transcript
from transcripts.reading.source import Role, Source


def parse_service(source: Source) -> Transcript:
    """Parse the answers of one meeting."""
    marked = Marked(source)
    drafts = draft_items(marked)
    by_id = {draft.facts["id"]: draft for draft in drafts if draft.facts.get("id")}
    for mark in source.marks:
        draft = by_id.get(mark.facts.get("item", "")) if mark.role is Role.AGENDA else None
        if draft is not None and (question := question_of(mark.facts)):
            draft.questions.append(question)
    return finish(marked, drafts)
