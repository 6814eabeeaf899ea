"""Texts in the real layouts, written for these tests."""

from datetime import date
from typing import Any

from transcripts.parsing import parse
from transcripts.parsing.transcript import Transcript
from transcripts.reading import read
from transcripts.reading.source import Source

DAY = date(2024, 3, 12)

HEADING = """VRAAG OM UITLEG van An Peeters aan Jo Claes, viceminister-
president van de Vlaamse Regering, Vlaams minister van Landbouw en Vis-
serij, over de steun voor hoevetoerisme

– 411 (2023-2024)

Voorzitter: mevrouw Rita Maes
"""


def source_of(text: str) -> Source:
    return read(text.encode(), "proef.txt")


def parsed(text: str, **given: Any) -> Transcript:
    given.setdefault("said_on", DAY)
    return parse(source_of(text), **given)


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker.name, turn.text) for turn in transcript.turns()]
