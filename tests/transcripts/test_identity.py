"""By what a paper is known again when a corrected or completed version comes in."""

from dataclasses import replace

import pytest

from tests import papers
from transcripts.papers import Paper
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading.source import Mark, Role
from transcripts.services.identity import LONGEST, identity_of

ADDRESS = "https://www.voorbeeld.be/commissies/commissievergaderingen/7/verslag/9"


def read_as(paper: Paper, reader: str, facts: dict[str, str] | None = None, **hints: str) -> Paper:
    marks = (Mark(0, 1, Role.MEETING, "", facts),) if facts is not None else ()
    return replace(paper, source=replace(paper.source, reader=reader, hints=hints, marks=marks))


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ({}, "verslag C099 2025-2026"),
        ({"session": ""}, "verslag C099 2025-10-14"),
        ({"number": ""}, "verslag commissie voor wonen 2025-10-14"),
        ({"number": "", "committee": ""}, "verslag 2025-10-14 vraag 101 2025-2026"),
        ({"number": "", "committee": "", "questions": ()}, ""),
        ({"kind": DocumentKind.POLICY_NOTE}, ""),
        ({"kind": DocumentKind.WRITTEN_QUESTION}, "schriftelijke-vraag 101 2025-2026 vanrode"),
        ({"kind": DocumentKind.WRITTEN_QUESTION, "questions": ()}, ""),
    ],
)
def test_a_paper_is_known_by_what_it_prints_of_itself(fields, identity):
    assert identity_of(papers.paper(**fields)) == identity


def test_the_id_of_the_source_counts_before_what_is_printed_and_only_for_that_reader():
    one = read_as(papers.paper(), "csv export", {"id": "1234"})
    other = read_as(papers.paper(), "web service", {"id": "1234"})
    assert identity_of(one) == "verslag csv export 1234"
    assert identity_of(one) != identity_of(other)


def test_a_saved_page_is_known_by_its_address_however_it_was_reached():
    pages = [
        read_as(papers.paper(number=""), "web page", {}, url=url)
        for url in (ADDRESS, f"{ADDRESS}/?a=b#c", ADDRESS.replace("https://www.", "http://"))
    ]
    assert {identity_of(page) for page in pages} == {
        "verslag voorbeeld.be/commissies/commissievergaderingen/7/verslag/9"
    }
    nowhere = read_as(papers.paper(number=""), "web page", {}, url="https://www.voorbeeld.be/")
    assert identity_of(nowhere).startswith("verslag commissie")


def test_an_identity_fits_its_column_and_stays_its_own():
    long = [identity_of(papers.paper(number="C" * 300 + end)) for end in "ab"]
    assert [len(one) for one in long] == [LONGEST, LONGEST]
    assert long[0] != long[1]
