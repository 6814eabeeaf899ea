"""Texts in the real layouts, written for these tests."""

from datetime import date
from typing import Any

from transcripts.parsing import parse
from transcripts.parsing.transcript import Reason, Transcript
from transcripts.reading import read
from transcripts.reading.source import Source

DAY = date(2024, 3, 12)

HEADING = """VRAAG OM UITLEG van An Peeters aan Jo Claes, viceminister-
president van de Vlaamse Regering, Vlaams minister van Landbouw en Vis-
serij, over de steun voor hoevetoerisme

– 411 (2023-2024)

Voorzitter: mevrouw Rita Maes
"""
CLOSED = "\nDe voorzitter: De vraag om uitleg is afgehandeld.\n"

# A little of everything, for tests that cut and shuffle.
CORPUS_LIKE = f"""vergadering C77
 zittingsjaar 2023-2024

Woordelijk Verslag

Commissie voor Landbouw en
Visserij
van 12 maart 2024

INHOUD

{HEADING.partition("Voorzitter")[0].rstrip()} 3

{HEADING}
De voorzitter: Mevrouw Peeters heeft het woord. (Applaus) Ga uw gang.

An Peeters (Groen): Eén zaak: de kmo-
participatie. (N.v.d.r.: zie ook
het verslag van (gisteren).) En verder

https://www.voorbeeld.be/nota-
over/hoeven
24 Commissievergadering nr. C77 (2023-2024) – 12 maart 2024

Vlaams Parlement

 niets.

– Bo De Wit treedt als voorzitter op.

Minister Jo Claes: Wij onderzoeken dat:
- snel;
- goed en/
of beter.

1. Hoeveel hoeven zijn er?
2. Wanneer volgt de rest?

ANTWOORD

1. Twaalf (12).
2. Ik leg dat in het najaar voor.

Antwoord op vraag 3
Vraag 4

De voorzitter: De vraag om uitleg is afgehandeld.

BIJLAGEN

1. Overzicht

{HEADING.replace("411", "412")}
Bo De Wit: Dag.

REGELING VAN DE WERKZAAMHEDEN

De voorzitter (Rita Maes): Tot slot.
"""


def source_of(text: str) -> Source:
    return read(text.encode(), "proef.txt")


def parsed(text: str, **given: Any) -> Transcript:
    given.setdefault("said_on", DAY)
    return parse(source_of(text), **given)


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker.name, turn.text) for turn in transcript.turns()]


def words_of(transcript: Transcript, text: str, reason: Reason) -> list[str]:
    """The words of each run of the text that went to `reason`."""
    return [" ".join(text[run.start : run.end].split()) for run in transcript.account if run.reason is reason]
