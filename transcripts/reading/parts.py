"""One file that holds several meetings: each meeting becomes a source of its own."""

from bisect import bisect_right
from dataclasses import replace

from transcripts.reading.source import Mark, Role, Source


def split(source: Source) -> list[Source]:
    """Return one source per marked meeting; a source of one meeting, or of none, as it is.

    Each part counts its characters from its own start. What stands between two meetings goes with the first,
    but for the line ends after it.
    """
    meetings = [mark for mark in source.marks if mark.role is Role.MEETING]
    if len(meetings) < 2:
        return [source]
    ends = [meeting.start for meeting in meetings[1:]] + [len(source.text)]
    starts = [0, *ends[:-1]]
    beside = [mark for mark in source.marks if mark.role in (Role.PERSON, Role.AGENDA)]
    marks: list[list[Mark]] = [list(beside) for _ in meetings]
    for mark in source.marks:
        if mark.role in (Role.PERSON, Role.AGENDA):
            continue
        at = bisect_right(starts, mark.start) - 1
        marks[at].append(replace(mark, start=mark.start - starts[at], end=mark.end - starts[at]))
    return [
        replace(
            source,
            text=source.text[start:end].rstrip("\n"),
            page_starts=(0, *(page - start for page in source.page_starts if start < page < end)),
            hints=_hints(source, meeting),
            marks=tuple(own),
        )
        for start, end, meeting, own in zip(starts, ends, meetings, marks, strict=True)
    ]


def _hints(source: Source, meeting: Mark) -> dict[str, str]:
    own = {key: meeting.facts[key] for key in ("date", "title", "url") if meeting.facts.get(key)}
    return source.hints | own
