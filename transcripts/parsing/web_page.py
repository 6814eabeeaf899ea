"""Report pages of the web site: saved whole, or their words copied out, with or without the lines of the speakers.

A page of today marks each speech and prints who speaks above it. A page of before, or one copied out, has a line with
the bare name, and often not even that: then only the chair's "… heeft het woord" announces who speaks next.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transcripts.messages import Sentence
from transcripts.parsing import names
from transcripts.parsing.dates import find_date
from transcripts.parsing.floor import GIVEN, announced
from transcripts.parsing.headings import kind_of_title, question_kind, read_number
from transcripts.parsing.marked import ItemDraft, Marked, draft_items, finish, printed_label
from transcripts.parsing.notes import new_chair
from transcripts.parsing.page_head import PageHead, kind_of, read_page_head
from transcripts.parsing.page_lines import CHAIR, LONGEST_LABEL, lines_of, mark_lines
from transcripts.parsing.speakers import read_label
from transcripts.parsing.transcript import Capacity, Question, Speaker, Transcript, Turn
from transcripts.reading.source import Mark, Role, Source

_CLOSED = re.compile(r"\b(?:is|zijn)\s+(?:hierbij\s+)?(?:afgehandeld|gesloten|beëindigd)\s*\.")
_LEAST = 2  # signs of a page that make one


def is_web_page(source: Source) -> bool:
    """Tell whether `source` is a report page: one that marks its speeches, or lines with bare names and no colons."""
    if any(mark.role is Role.SPEECH for mark in source.marks):
        return source.reader == "web page"
    signs = 0
    for line in source.text.split("\n"):
        words = line.strip()
        if not words or len(words) > 400:
            continue
        label = read_label(words)
        if label is not None and label.sure:
            return False
        signs += bool(GIVEN.match(words) and words.endswith(".")) or words == CHAIR
        if signs >= _LEAST:
            return True
    return False


def parse_web_page(source: Source) -> Transcript:
    """Parse a report page. What nobody is named for is kept, and reported."""
    if any(mark.role is Role.SPEECH for mark in source.marks):
        return _parse_marked(source)
    return _parse_marked(mark_lines(source))


@dataclass(slots=True)
class _Floor:
    """Who has the floor: `given` the label the chair announced last, `known` full names by surname."""

    given: str = ""
    known: dict[str, str] = field(default_factory=dict)
    chair: str = ""

    def learn(self, speaker: Speaker) -> None:
        if " " in speaker.name:
            self.known[names.fold(f"X {names.family_name(speaker.name)}")] = speaker.name

    def full(self, name: str) -> str:
        bare = names.strip_title(name)
        return bare if _has_first_name(bare) else self.known.get(names.fold(f"X {bare}"), bare)


def _parse_marked(source: Source) -> Transcript:
    marked = Marked(_mark_labels(source))
    drafts = draft_items(marked)
    floor = _Floor()
    heads: list[PageHead] = []
    end = 0
    for draft in drafts:
        draft.questions = []
        heads.append(_page_head(marked, end, draft))
        end = draft.turns[-1].end if draft.turns else end
        if not heads[-1].questions:
            _read_head(marked, draft)
        for question in draft.questions:
            for name in (question.asker, question.addressee):
                floor.learn(Speaker("", name, Capacity.OTHER))
        for turn in draft.turns:
            floor.learn(turn.speaker)
    unnamed = 0
    for draft, head in zip(drafts, heads, strict=True):
        floor.given = ""
        floor.chair = draft.chair = head.chair or floor.chair
        turns: list[Turn] = []
        for turn in draft.turns:
            turns.append(_named(turn, turns[-1] if turns else None, floor))
            floor.given = announced(turns[-1].text)
            for _, words in turn.notes:
                floor.chair = new_chair(words) or floor.chair
        draft.turns = turns
        unnamed += sum(not turn.speaker.name and turn.speaker.capacity is not Capacity.CHAIR for turn in turns)
    warnings = [Sentence.NOBODY_ANNOUNCED(number=unnamed)] if unnamed else []
    if any(head.provisional for head in heads):
        warnings.append(Sentence.PAGE_PROVISIONAL())
    day = source.hints.get("date", "") or next((head.date for head in heads if head.date), "")
    found = finish(marked, drafts, said_on=find_date(day), warnings=warnings)
    committee = next((head.committee for head in heads if head.committee), "")
    title = committee or (drafts[0].facts.get("title", "") if len(drafts) == 1 else "") or found.title
    return replace(found, committee=committee or found.committee, title=title)


def _mark_labels(source: Source) -> Source:
    """Mark the label of a speech that has it as the first line of its words."""
    labelled = {mark.start for mark in source.marks if mark.role is Role.SPEAKER}
    marks: list[Mark] = []
    for mark in source.marks:
        marks.append(mark)
        if mark.role is not Role.SPEECH or mark.start in labelled:
            continue
        words = source.text[mark.start : min(mark.end, mark.start + LONGEST_LABEL)].partition("\n")[0].strip()
        label = printed_label(words) if words and words[-1] not in ".?!:;," else None
        if label is not None and label.sure and mark.start + len(words) < mark.end:
            marks.append(Mark(mark.start, mark.start + len(words), Role.SPEAKER))
    return replace(source, marks=tuple(marks)) if len(marks) > len(source.marks) else source


def _page_head(marked: Marked, begin: int, draft: ItemDraft) -> PageHead:
    """Read the lines between `begin` and the first speech of an item, and account for them."""
    first = draft.turns[0].start if draft.turns else draft.end
    furniture = [
        (mark.start, mark.end)
        for mark in marked.inside(begin, first)
        if mark.role not in (Role.COVER, Role.HEADING, Role.NOTE)
    ]
    lines = [
        (line.text, begin + line.start)
        for line in lines_of(marked.source.text[begin:first])
        if not any(low <= begin + line.start < high for low, high in furniture)
    ]
    head = read_page_head(lines)
    for start, end, reason in head.runs:
        marked.take_for(Mark(start, end, Role.HEADING), reason)
    if head.questions:
        draft.questions = head.questions
        draft.facts = draft.facts | {"title": "; ".join(_subjects(head.questions)), "kind": head.kind}
    return head


def _subjects(questions: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(question.subject for question in questions if question.subject))


def _named(turn: Turn, before: Turn | None, floor: _Floor) -> Turn:
    """Say who speaks in a turn without a label, as far as the chair's words tell."""
    speaker = turn.speaker
    if speaker.capacity is Capacity.CHAIR:
        floor.chair = speaker.name or floor.chair
        return replace(turn, speaker=replace(speaker, name=floor.chair))
    if speaker.name:
        full = floor.full(speaker.name)
        return turn if full == speaker.name else replace(turn, speaker=replace(speaker, name=full))
    if floor.given:
        title, _ = names.split_title(floor.given)
        capacity = Capacity.MINISTER if names.is_minister_title(title) else Capacity.MEMBER
        return replace(turn, speaker=Speaker("", floor.full(floor.given), capacity))
    if before is None or announced(turn.text) or _CLOSED.search(turn.text[-300:]):
        return replace(turn, speaker=Speaker("", floor.chair, Capacity.CHAIR))
    return replace(turn, speaker=Speaker("", "", Capacity.OTHER))


def _read_head(marked: Marked, draft: ItemDraft) -> None:
    """Read kind, question and number of an item from the headings before its first speech."""
    first = draft.turns[0].start if draft.turns else draft.end
    heads = [
        mark for mark in marked.source.marks if mark.role is Role.HEADING and mark.start < max(first, draft.start + 1)
    ]
    text = draft.facts.get("title", "") or next(
        (
            words
            for words in (marked.words(mark) for mark in heads)
            if kind_of(words) or words.casefold()[:5] == "over "
        ),
        marked.words(heads[-1]) if heads else "",
    )
    numbers = [draft.facts.get("number", ""), *(marked.words(mark) for mark in heads), text]
    number = next((found for words in numbers if words and (found := read_number(words.strip()))), None)
    kind = kind_of(draft.facts.get("kind", "")) or kind_of(text) or question_kind(kind_of_title(text))
    rest = text[len(kind) :] if kind_of(text) else text
    rest = re.sub(r"\s*[–-]?\s*\d{1,5}\s*\(\d{4}-\d{4}\)\s*$", "", rest).strip(" ,:–-")
    author = re.sub(r"^van(?=\S)", "van ", draft.facts.get("author", ""))
    asker, addressee, subject = _who_asks_whom(f"{rest} {author}".strip())
    subject = re.sub(r"^over\s+", "", subject)
    draft.facts = draft.facts | {"title": subject, "kind": kind}
    if asker or number:
        title, name = names.split_title(addressee)
        draft.questions.append(
            Question(
                number.number if number else "",
                number.session if number else "",
                asker,
                names.recase(name),
                title,
                subject,
            )
        )


def _who_asks_whom(text: str) -> tuple[str, str, str]:
    """Split "over fietspaden van Jan Maes aan minister Els Peeters" into asker, addressee and subject."""
    for found in re.finditer(r"(?:^|\s)van\s+(?=[A-ZÀ-Ýd])", text):
        asker, _, rest = text[found.end() :].partition(" aan ")
        asker = names.strip_title(asker)
        title, name = names.split_title(rest.split(", over ")[0])
        if names.looks_like_name(asker) and names.is_minister_title(title) and name:
            before, after = text[: found.start()].strip(), rest.partition(", over ")[2]
            return asker, rest.partition(", over ")[0].strip(), (before or after).strip()
    return "", "", text


def _has_first_name(name: str) -> bool:
    parts = name.split()
    return len(parts) > 1 and parts[0].casefold() not in names.PARTICLES
