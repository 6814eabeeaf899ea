"""However hostile a text, four times as much of it takes some four times as long, not sixteen."""

import time
from datetime import date

import pytest

from transcripts.parsing import parse
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading.text import read

REPORT, WRITTEN, POLICY = DocumentKind
SMALL = 12_000  # characters; large enough that a square would show
LABELLED = "An Peeters (Groen): Ja.\n\n"
PAGE = "De voorzitter\nMevrouw Maes heeft het woord.\nRita Maes\n"
TOLD = "Verslag namens de Commissie voor Landbouw\n\n1. Toelichting door minister Jo Claes\n\n"
HOSTILE = [
    (REPORT, LABELLED, "("),
    (REPORT, LABELLED, "(A (b) "),
    (REPORT, LABELLED, "A: "),
    (REPORT, LABELLED, "–"),
    (REPORT, LABELLED, "Ja. (Applaus)\n"),
    (REPORT, LABELLED, "Bo Wit: Ja.\n\n"),
    (REPORT, LABELLED, "Bo Wit, directeur van de kade: Ja.\n\n"),
    (REPORT, LABELLED, "VRAAG OM UITLEG van A B aan C D over e\n– 1 (2023-2024)\n"),
    (REPORT, LABELLED, "INHOUD\nA 3\n"),
    (REPORT, "", "’"),
    (REPORT, "", "D’"),
    (REPORT, PAGE, "Ja. (Applaus)\n"),
    (REPORT, PAGE, "Rita Maes\nJa.\n"),
    (REPORT, TOLD, "’"),
    (REPORT, TOLD, "Bo Wit (Groen) vraagt het.\n\n"),
    (REPORT, TOLD, "Volgens de minister "),
    (WRITTEN, "1. a?\n\nANTWOORD\n\n", "1 , 1 en "),
    (WRITTEN, "Vraag 1\nAntwoord op vraag 1\n", "ab-\n"),
    (POLICY, "Beleidsnota\n", "."),
    (POLICY, "Beleidsnota\n", "Titel 3\n\n"),
]


def seconds(text: str, kind: DocumentKind) -> float:
    source = read(text.encode())
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        parse(source, kind=kind, said_on=date(2024, 3, 12), minister="Jo Claes")
        best = min(best, time.process_time() - before)
    return best


@pytest.mark.parametrize(("kind", "head", "unit"), HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(kind, head, unit):
    small, large = (head + unit * (size // len(unit)) for size in (SMALL, 4 * SMALL))
    assert seconds(large, kind) < 9 * seconds(small, kind) + 0.02
