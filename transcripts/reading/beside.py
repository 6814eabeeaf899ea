"""What lies beside a document and is read along with it: the agenda of an export, the list of persons of a corpus."""

from collections.abc import Callable
from dataclasses import replace

from transcripts.messages import Message, Sentence
from transcripts.reading import csv_export, tei
from transcripts.reading.source import Mark, Role, Source, UnreadableError


def complete(source: Source, name: str, beside: Callable[[str], bytes | None]) -> Source:
    """Return `source` with the facts of the files beside it; one that cannot be read is told of in a warning.

    name: the bare file name of the document. beside: returns the bytes of a file in the same folder, or None;
    may raise UnreadableError.
    """
    names = _COMPANIONS.get(source.reader, _none)(name)
    marks: list[Mark] = []
    warnings: list[Message] = []
    for other in names:
        if other == name:
            continue
        try:
            if (data := beside(other)) is not None:
                marks += _read(source, data)
        except UnreadableError as error:
            warnings.append(Sentence.NOT_READ_ALONG(name=other, reason=error.message))
    if not marks and not warnings:
        return source
    return replace(source, marks=(*marks, *source.marks), warnings=(*source.warnings, *warnings))


def _none(name: str) -> tuple[str, ...]:
    return ()


_COMPANIONS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "tei": tei.companions,
    "csv export": csv_export.companions,
}


def _read(source: Source, data: bytes) -> list[Mark]:
    if source.reader == "csv export":
        return csv_export.read_agenda(data)
    wanted = {mark.facts.get("id", "") for mark in source.marks if mark.role is Role.SPEECH} - {""}
    return tei.read_persons(data, wanted, source.hints.get("date", ""))
