"""Builds the linear text of a structured container, line by line, and the marks on it."""

from collections.abc import Iterable

from transcripts.messages import Message
from transcripts.reading.source import Mark, Role, Source

Run = tuple[str, Role | None]


class Writer:
    """Collects lines. White space inside a line is folded to one space; an empty line is not written."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self.length = 0

    def line(self, words: str, role: Role | None = None, value: str = "") -> bool:
        """Write one line, marked as a whole; tell whether there was anything to write."""
        return self.runs([(words, role)], value)

    def runs(self, runs: Iterable[Run], value: str = "") -> bool:
        """Write one line made of runs, each with its own role or none."""
        parts: list[str] = []
        length = 0
        for words, role in _joined(runs):
            folded = " ".join(words.split())
            if not folded:
                if words and parts and parts[-1] != " ":
                    parts.append(" ")
                    length += 1
                continue
            if words[0].isspace() and parts and parts[-1] != " ":
                parts.append(" ")
                length += 1
            if role is not None:
                self._marks.append(Mark(self.length + length, self.length + length + len(folded), role, value))
            parts.append(folded)
            length += len(folded)
            if words[-1].isspace():
                parts.append(" ")
                length += 1
        text = "".join(parts).rstrip(" ")
        if not text:
            return False
        self._lines.append(text)
        self.length += len(text) + 1
        return True

    def gap(self) -> None:
        """Write an empty line, unless one stands there already or nothing was written yet."""
        if self._lines and self._lines[-1]:
            self._lines.append("")
            self.length += 1

    def mark(self, start: int, role: Role, facts: dict[str, str] | None = None, value: str = "") -> None:
        """Mark all that was written since the offset `start` (see `length`), if anything was."""
        end = self.length - 1
        while end > start and self._ends_empty(end):
            end -= 1
        if end > start:
            self._marks.append(Mark(start, end, role, value, facts or {}))

    def _ends_empty(self, end: int) -> bool:
        """Tell whether the character before `end` is one of the line feeds at the end of what was written."""
        behind = self.length - end
        return len(self._lines) >= behind and not any(self._lines[-behind:])

    def fact(self, role: Role, facts: dict[str, str]) -> None:
        """Note facts that belong to no run of characters."""
        self._marks.append(Mark(0, 0, role, "", facts))

    def source(self, reader: str, hints: dict[str, str], warnings: Iterable[Message] = ()) -> Source:
        """Return what was written; marks by start, the outer before the inner."""
        order = {role: at for at, role in enumerate(Role)}
        marks = sorted(self._marks, key=lambda mark: (mark.start, -mark.end, order[mark.role]))
        given = {key: " ".join(value.split()) for key, value in hints.items() if value and value.strip()}
        return Source("\n".join(self._lines), reader, hints=given, warnings=tuple(warnings), marks=tuple(marks))


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours of one role, so that words cut into many elements are one run."""
    joined: list[tuple[list[str], Role | None]] = []
    for words, role in runs:
        if joined and joined[-1][1] is role:
            joined[-1][0].append(words)
        else:
            joined.append(([words], role))
    return [("".join(words), role) for words, role in joined]
