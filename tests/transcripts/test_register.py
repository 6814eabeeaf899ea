"""The register in the database: loaded again and again, met by what headings of documents told."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from commitments.models import Commitment
from tests import papers
from transcripts.models import Mandate, Party, PartyName, Person, PersonName, Speech
from transcripts.register import Government, Office, Register, Spelling, load
from transcripts.register import Party as PartyRow
from transcripts.services import import_paper
from transcripts.services.files import import_files
from transcripts.services.register import load_register

pytestmark = pytest.mark.django_db

MINISTER = "Vlaams minister"
VICE = "viceminister-president van de Vlaamse Regering en Vlaams minister"
START = date(2024, 9, 30)


def office(person: str = "Els Vanrode", portfolio: str = "Wonen en Energie", **fields: object) -> Office:
    given = {"title": MINISTER, "start": START, "end": None, "source": "besluit, 2024", "government": "Twee"}
    return Office(person=person, portfolio=portfolio, **(given | fields))


def register(*offices: Office, parties: tuple[PartyRow, ...] = ()) -> Register:
    return Register(date(2026, 1, 1), (Government("Twee", START, None, "besluit, 2024", offices),), parties)


def mandates() -> list[tuple]:
    return list(
        Mandate.objects.order_by("start", "person__name").values_list(
            "person__name", "portfolio", "start", "end", "registered"
        )
    )


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Mandate, Party, PartyName, Person, PersonName)]


def test_the_whole_register_is_loaded_and_a_second_run_changes_nothing():
    first = load_register()
    assert Mandate.objects.filter(registered=True).count() == len(load().offices) == first.made["mandate"]
    assert Party.objects.count() == len(load().parties)
    before = everything()
    assert load_register().nothing
    assert everything() == before


def test_every_mandate_says_its_source_and_what_is_not_certain():
    load_register(register=register(office(), office("Bo Claes", "Jeugd", certain=False, note="Dag nagaan.")))
    assert Mandate.objects.get(portfolio="Jeugd").source == "Niet zeker: Dag nagaan. Bron: besluit, 2024"
    assert Mandate.objects.get(portfolio="Wonen en Energie").source == "besluit, 2024"


@pytest.mark.parametrize(
    "changed",
    [
        {"end": date(2025, 3, 1)},
        {"start": date(2024, 10, 2)},
        {"title": VICE},
        {"portfolio": "Wonen, Energie en Klimaat"},
        {"source": "besluit, 2025"},
    ],
)
def test_a_changed_row_changes_the_mandate_and_makes_no_other(changed):
    load_register(register=register(office()))
    before = Mandate.objects.get().pk
    result = load_register(register=register(office(**changed)))
    after = Mandate.objects.get()
    assert after.pk == before
    assert {name: getattr(after, name) for name in changed} == changed
    assert (result.made, result.changed["mandate"]) == ({}, 1)


def test_a_row_split_in_two_keeps_the_first_and_adds_the_second():
    load_register(register=register(office()))
    first = Mandate.objects.get().pk
    two = [office(end=date(2025, 5, 31)), office(title=VICE, start=date(2025, 6, 1))]
    load_register(register=register(*two))
    assert list(Mandate.objects.order_by("start").values_list("title", flat=True)) == [MINISTER, VICE]
    assert Mandate.objects.order_by("start").first().pk == first
    assert load_register(register=register(*two)).nothing


def test_a_row_taken_out_is_kept_and_is_no_longer_the_register_s():
    load_register(register=register(office(), office("Bo Claes", "Jeugd")))
    load_register(register=register(office()))
    assert mandates() == [
        ("Bo Claes", "Jeugd", START, None, False),
        ("Els Vanrode", "Wonen en Energie", START, None, True),
    ]


def test_a_mandate_that_a_heading_told_becomes_the_register_s_with_what_hangs_on_it():
    import_paper(paper=papers.paper())
    told = Mandate.objects.get()
    commitment = Commitment.objects.create(
        title="x", kind="inform", said_on=papers.SAID_ON, mandate=told, person=told.person
    )
    result = load_register(register=register(office()))
    assert mandates() == [("Els Vanrode", "Wonen en Energie", START, None, True)]
    commitment.refresh_from_db()
    assert (commitment.mandate_id, result.contradictions) == (told.pk, [])


def test_headings_that_told_parts_of_one_portfolio_become_one_mandate():
    import_paper(paper=papers.paper())
    short = papers.question(title="Vlaams minister van Energie")
    import_paper(paper=papers.paper(questions=(short,), number="C100", said_on=date(2025, 11, 4)))
    later = Mandate.objects.get(portfolio="Energie")
    commitment = Commitment.objects.create(title="x", kind="inform", said_on=papers.SAID_ON, mandate=later)
    load_register(register=register(office()))
    commitment.refresh_from_db()
    assert commitment.mandate == Mandate.objects.get()


def test_a_heading_confirms_the_register_and_adds_nothing():
    load_register(register=register(office()))
    document = import_paper(paper=papers.paper()).document
    assert document.warnings == []
    assert mandates() == [("Els Vanrode", "Wonen en Energie", START, None, True)]


@pytest.mark.parametrize("printed", ["Energie en Wonen", "Energie", "wonen en energie"])
def test_a_heading_that_shortens_or_turns_round_the_portfolio_confirms_it(printed):
    load_register(register=register(office()))
    asked = papers.question(title=f"Vlaams minister van {printed}")
    assert import_paper(paper=papers.paper(questions=(asked,))).warnings == ()
    assert Mandate.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            office(portfolio="Onderwijs"),
            "A heading names Els Vanrode, Vlaams minister van Wonen en Energie, on 2025-10-14; "
            "the register gives another portfolio: “Onderwijs”.",
        ),
        (
            office("Bo Claes", "Wonen en Jeugd"),
            "A heading names Els Vanrode, Vlaams minister van Wonen en Energie, on 2025-10-14; "
            "the register gives another person: Bo Claes.",
        ),
        (
            office("Bo Claes", "Jeugd"),
            "A heading names Els Vanrode, Vlaams minister van Wonen en Energie, on 2025-10-14; "
            "the register does not know this minister.",
        ),
    ],
)
def test_a_heading_that_contradicts_the_register_is_told_at_the_import(known, said):
    load_register(register=register(known))
    assert list(import_paper(paper=papers.paper()).warnings) == [said]


def test_a_heading_outside_the_days_of_the_minister_is_told():
    load_register(register=register(office(end=date(2025, 9, 1)), office("Bo Claes", "Jeugd")))
    (warning,) = import_paper(paper=papers.paper()).warnings
    assert warning.endswith("on 2025-10-14; that is outside the days the register gives.")


def test_the_register_prevails_over_a_heading_about_the_same_minister():
    load_register(register=register(office(portfolio="Onderwijs")))
    import_paper(paper=papers.paper())
    assert mandates() == [("Els Vanrode", "Onderwijs", START, None, True)]


def test_a_minister_of_another_government_than_the_flemish_is_not_held_against_the_register():
    load_register(register=register(office("Bo Claes", "Wonen")))
    federal = papers.question(title="minister van Wonen")
    assert import_paper(paper=papers.paper(questions=(federal,))).warnings == ()


def test_what_earlier_headings_told_and_the_register_contradicts_is_told_by_the_command():
    import_paper(paper=papers.paper())
    result = load_register(register=register(office("Bo Claes", "Wonen en Jeugd")))
    (said,) = result.contradictions
    assert said.endswith("the register gives another person: Bo Claes.")
    assert load_register(register=register(office("Bo Claes", "Wonen en Jeugd"))).contradictions == [said]


def test_a_mandate_of_a_heading_ends_when_the_register_gives_a_successor():
    import_paper(paper=papers.paper())
    successor = office("Bo Claes", "Energie en Klimaat", start=date(2026, 2, 1))
    load_register(register=register(successor))
    assert ("Els Vanrode", "Wonen en Energie", papers.SAID_ON, date(2026, 1, 31), False) in mandates()
    assert load_register(register=register(successor)).nothing


@pytest.mark.parametrize("name", ["c151-2023-02-28.txt", "c180-2020-05-12-begin.txt"])
def test_the_headings_of_real_reports_confirm_the_register(shared, name):
    load_register()
    (outcome,) = import_files([shared / "corpus" / "verslagen" / name])
    assert outcome.result.warnings == ()
    assert not Mandate.objects.filter(registered=False).exists()


def test_documents_are_imported_without_a_register():
    assert import_paper(paper=papers.paper()).warnings == ()
    assert mandates() == [("Els Vanrode", "Wonen en Energie", papers.SAID_ON, None, False)]


def test_a_member_who_becomes_minister_stays_one_person():
    import_paper(paper=papers.paper((papers.member("Els Vanrode", "Groen"), "Ja."), questions=()))
    load_register(register=register(office("Els VANRODE")))
    assert Person.objects.get(name="Els Vanrode").mandates.count() == 1


def test_a_party_keeps_its_identity_under_a_new_name():
    old = PartyRow("Oud", (Spelling("Oud", None, None, "krant, 2014"),))
    new = PartyRow(
        "Nieuw",
        (
            Spelling("Oud", None, date(2021, 3, 20), "krant, 2014"),
            Spelling("Nieuw", date(2021, 3, 21), None, "krant, 2021"),
        ),
    )
    load_register(register=register(parties=(old,)))
    uid = Party.objects.get().uid
    load_register(register=register(parties=(new,)))
    party = Party.objects.get()
    assert (party.uid, party.name) == (uid, "Nieuw")
    assert set(party.names.values_list("spelling", flat=True)) == {"Oud", "Nieuw"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("CD&V", "cd&v"),
        ("cd&v", "cd&v"),
        ("sp·a", "Vooruit"),
        ("sp.a", "Vooruit"),
        ("SP.A", "Vooruit"),
        ("Vooruit", "Vooruit"),
        ("Open VLD", "Anders"),
        ("N\u2011VA", "N-VA"),
        ("Onafhankelijk", "Onafhankelijke"),
        ("Piratenpartij", None),
    ],
)
def test_a_turn_is_of_one_party_under_every_name_it_was_printed_with(printed, name):
    load_register()
    import_paper(paper=papers.paper((papers.member(party=printed), "Ja.")))
    found = [party.name for party in Party.objects.all() if Speech.objects.of_party(party).exists()]
    assert found == ([name] if name else [])


def test_a_name_that_served_two_parties_is_of_the_one_that_bore_it_that_day():
    first = PartyRow(
        "Blauw", (Spelling("Vrij", None, date(2020, 1, 1), "krant"), Spelling("Blauw", date(2020, 1, 2), None, "krant"))
    )
    second = PartyRow("Vrij", (Spelling("Vrij", date(2024, 1, 1), None, "krant, 2024"),))
    load_register(register=register(parties=(first, second)))
    assert load_register(register=register(parties=(first, second))).nothing
    for day, number in ((date(2019, 5, 7), "C1"), (date(2025, 5, 6), "C2")):
        import_paper(paper=papers.paper((papers.member(party="Vrij"), "Ja."), said_on=day, number=number))
    days = {
        party.name: [one.item.document.date.year for one in Speech.objects.of_party(party)]
        for party in Party.objects.all()
    }
    assert days == {"Blauw": [2019], "Vrij": [2025]}


def test_a_minister_named_by_surname_before_the_register_was_there_is_named_by_it():
    paper = papers.paper((papers.minister("Demir"), "Ja."), questions=(), said_on=date(2023, 2, 28))
    document = import_paper(paper=paper).document
    assert Speech.objects.get().person is None
    assert [one["code"] for one in document.warnings] == ["SPEAKER_UNKNOWN"]
    assert load_register().changed["turn"] == 1
    assert Speech.objects.get().person.name == "Zuhal Demir"
    document.refresh_from_db()
    assert document.warnings == []
    assert load_register().nothing


def test_a_surname_of_nobody_in_office_stays_unknown():
    import_paper(paper=papers.paper((papers.minister("Nietbestaand"), "Ja."), questions=(), said_on=date(2023, 2, 28)))
    load_register()
    assert Speech.objects.get().person is None


def test_the_command_says_what_it_did_what_is_not_certain_and_what_contradicts():
    import_paper(paper=papers.paper())
    said = StringIO()
    call_command("load_register", stdout=said)
    assert "4 governments" in said.getvalue()
    assert "mandate added" in said.getvalue()
    assert f"not certain: {sum(not one.certain for one in load().offices)};" in said.getvalue()
    assert "Headings of documents that contradict it: 1" in said.getvalue()
    assert "A heading names Els Vanrode" in said.getvalue()
    again = StringIO()
    call_command("load_register", stdout=again)
    assert "Nothing changed." in again.getvalue()
