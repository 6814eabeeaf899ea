"""The same bytes with another kind, date or minister: read anew where a person means it, else as they were."""

from dataclasses import replace
from datetime import date

import pytest

from transcripts.models import Document, Meeting, Revision, Speech
from transcripts.papers import Meta, Paper, make_paper
from transcripts.parsing.transcript import DocumentKind
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db

NOTE = b"""Beleidsnota Wonen

1. Renovatie

Ik zorg ervoor dat de premies volgend jaar worden herzien, samen met de energiekredieten.

2. Huur

Ik onderzoek hoe huurders sneller een nieuwe woning kunnen vinden in de grote steden.
"""
REPORT = """VRAAG OM UITLEG van Karim Daems aan Els Vanrode, Vlaams minister van Wonen
en Energie, over de renovatiepremies

\N{EN DASH} 101 (2025-2026)

Voorzitter: mevrouw Griet Pauwels

Karim Daems (Groen): Wanneer komt het rapport over de premies voor sociale woningen?

Minister Els Vanrode: Ik bezorg het u schriftelijk, samen met de cijfers van vorig jaar.
""".encode()
FIRST, OTHER = date(2025, 11, 3), date(2025, 12, 1)


def note(
    asked: bool = True, kind: str = "beleidsnota", day: date | None = FIRST, minister: str = "Els Vanrode"
) -> Paper:
    made = make_paper(NOTE, "nota.txt", Meta(DocumentKind(kind), day or FIRST, minister))
    meta = replace(made.meta, date=day)
    return replace(made, asked=asked, meta=meta)


def fields(result) -> dict[str, tuple[str, str]]:
    return {one["field"]: (one["before"], one["after"]) for one in result.changes if "field" in one}


def test_another_date_moves_the_document_and_keeps_its_rows():
    import_paper(paper=note())
    before = list(Speech.objects.values_list("pk", "text"))
    result = import_paper(paper=note(day=OTHER))
    assert (result.updated, result.revision, fields(result)) == (True, 2, {"date": ("2025-11-03", "2025-12-01")})
    assert list(Speech.objects.values_list("pk", "text")) == before
    assert Document.objects.get().date == OTHER


def test_another_minister_is_who_speaks():
    import_paper(paper=note())
    result = import_paper(paper=note(minister="Jan Hoste"))
    assert {(one["what"], one["before"], one["after"]) for one in result.changes} == {
        ("speaker", "Els Vanrode", "Jan Hoste")
    }
    assert set(Speech.objects.values_list("person__name", flat=True)) == {"Jan Hoste"}


def test_another_kind_is_another_reading_of_the_same_document():
    import_paper(paper=note())
    result = import_paper(paper=note(kind="schriftelijke-vraag"))
    document = Document.objects.get()
    assert result.updated
    assert document.kind == "schriftelijke-vraag"
    heads = {one["field"]: (one["before"], one["after"]) for one in result.changes if one["what"] == "head"}
    assert heads == {"kind": ("beleidsnota", "schriftelijke-vraag")}


@pytest.mark.parametrize("again", [{}, {"minister": "Vanrode"}, {"day": None}], ids=["all", "surname", "no date"])
def test_the_same_particulars_change_nothing(again):
    import_paper(paper=note(minister="Els Vanrode"))
    if again.get("minister"):
        Revision.objects.update(particulars={})  # as of documents from before they were noted
    result = import_paper(paper=note(**again))
    assert (result.created, result.updated, result.warnings) == (False, False, ())
    assert Revision.objects.count() == 1


def test_what_lies_beside_a_file_changes_nothing_that_a_person_gave():
    import_paper(paper=note(asked=False))
    import_paper(paper=note(day=OTHER))
    result = import_paper(paper=note(asked=False))
    assert not result.updated
    assert "than a person gave since" in result.warnings[-1]
    assert Document.objects.get().date == OTHER
    assert import_paper(paper=note()).updated


def test_what_lies_beside_a_file_counts_when_it_changed_and_nobody_gave_anything_else():
    import_paper(paper=note(asked=False))
    assert import_paper(paper=note(asked=False, day=OTHER)).updated


def test_the_bytes_of_an_older_version_bring_back_no_older_words():
    first = note()
    import_paper(paper=first)
    longer = make_paper(NOTE + b"\nIk plan een overleg met de steden.\n", "nota.txt", first.meta)
    import_paper(paper=longer, document=Document.objects.get())
    result = import_paper(paper=note(day=OTHER))
    assert not result.updated
    assert "older version" in result.warnings[-1]
    assert Document.objects.get().date == FIRST


def test_a_report_of_another_day_is_of_another_meeting_and_the_empty_one_goes():
    day = Meta(DocumentKind.REPORT, FIRST)
    data = b"Commissievergadering nr. C099 (2025-2026)\n\nCommissie voor Wonen\n\n" + REPORT
    import_paper(paper=make_paper(data, "v.txt", day))
    first = Document.objects.get()
    result = import_paper(paper=replace(make_paper(data, "v.txt", replace(day, date=OTHER)), asked=True))
    assert result.updated
    document = Document.objects.get()
    assert (document.pk, document.date) == (first.pk, OTHER)
    assert list(Meeting.objects.values_list("date", flat=True)) == ([OTHER] if document.meeting else [])
