"""Who is meant by a name: the spellings of one person meet, people of one surname stay apart, nobody is guessed."""

from datetime import date

import pytest

from tests import papers
from transcripts.models import Mandate, Person, Question, Speech
from transcripts.services import import_paper
from transcripts.services.register import load_register

pytestmark = pytest.mark.django_db
NUMBERS = iter(range(200, 900))


def speak(*turns: tuple, **fields: object):
    return import_paper(paper=papers.paper(*turns, **({"number": f"C{next(NUMBERS)}", "questions": ()} | fields)))


def in_office(name: str, start: date, end: date | None = None) -> Person:
    person = Person.objects.create(name=name, family_name=name.split()[-1])
    person.names.create(spelling=name, key=name.casefold())
    Mandate.objects.create(
        person=person, title="Vlaams minister", portfolio=f"{name}zaken", start=start, end=end, registered=True
    )
    return person


@pytest.mark.parametrize(
    "spellings",
    [
        ("An D’Hulster", "AN D'HULSTER", "An d`Hulster", "Mevrouw An D’Hulster"),
        ("Koen Van den Heuvel", "Koen Vandenheuvel", "KOEN VAN DEN HEUVEL", "De heer Koen Van Den Heuvel"),
        ("Anke Van dermeersch", "Anke Van Dermeersch", "Anke Vandermeersch"),
        ("Marie-José Pauwels", "Marie\u2011Jose Pauwels", "Marie José Pauwels"),
        ("Özlem Çelik", "Ozlem Celik", "O\u0308zlem C\u0327elik"),
        ("Tom De Loor", "Minister Tom De Loor", "Viceminister-president Tom De Loor", "dhr. Tom De Loor"),
    ],
)
def test_the_spellings_of_one_name_are_one_person(spellings):
    for spelling in spellings:
        speak((papers.member(spelling), "Ja."))
    assert Person.objects.exclude(name="Griet Pauwels").count() == 1


def test_a_member_who_becomes_minister_and_one_again_stays_one_person():
    speak((papers.member("Els Vanrode", "CD&V"), "a"), said_on=date(2021, 1, 12))
    speak((papers.minister("Els Vanrode"), "b"), said_on=date(2023, 1, 10))
    speak((papers.member("Els Vanrode", "cd&v"), "c"), said_on=date(2025, 1, 14))
    assert Speech.objects.values("person").distinct().count() == 1


def test_a_member_keeps_the_party_of_the_day():
    speak((papers.member("Wim Maes", "sp·a"), "a"), said_on=date(2020, 1, 14))
    speak((papers.member("Wim Maes", "Vooruit"), "b"), said_on=date(2022, 1, 11))
    assert list(Speech.objects.order_by("item__document__date").values_list("party", flat=True)) == ["sp·a", "Vooruit"]


def test_a_minister_and_a_member_of_one_surname_stay_two():
    in_office("Lydia Peeters", date(2019, 1, 9))
    speak((papers.member("Kris Peeters"), "vraag"), (papers.minister("Peeters"), "antwoord"), said_on=date(2020, 3, 3))
    assert Speech.objects.get(text="antwoord").person.name == "Lydia Peeters"
    assert Speech.objects.get(text="vraag").person.name == "Kris Peeters"


def test_a_surname_alone_is_the_minister_of_that_day():
    in_office("Kris Peeters", date(2009, 7, 13), date(2014, 7, 24))
    in_office("Lydia Peeters", date(2019, 1, 9))
    speak((papers.minister("Peeters"), "vroeger"), said_on=date(2012, 5, 8))
    speak((papers.minister("Peeters"), "later"), said_on=date(2021, 5, 4))
    assert Speech.objects.get(text="vroeger").person.name == "Kris Peeters"
    assert Speech.objects.get(text="later").person.name == "Lydia Peeters"


def test_two_ministers_of_one_surname_on_one_day_are_told_apart_by_nobody_and_that_is_said():
    in_office("Kris Peeters", date(2019, 1, 9))
    in_office("Lydia Peeters", date(2019, 1, 9))
    result = speak((papers.minister("Peeters"), "antwoord"), said_on=date(2020, 3, 3))
    assert Speech.objects.get().person is None
    assert "“Peeters” may be Kris Peeters or Lydia Peeters; nobody was chosen." in result.warnings
    assert any("“Minister Peeters” is not known" in warning for warning in result.warnings)


def test_the_first_name_elsewhere_in_the_document_tells_two_ministers_apart():
    in_office("Kris Peeters", date(2019, 1, 9))
    in_office("Lydia Peeters", date(2019, 1, 9))
    asked = papers.question(addressee="Lydia Peeters", title="Vlaams minister van Lydia Peeterszaken")
    result = speak((papers.minister("Peeters"), "antwoord"), questions=(asked,), said_on=date(2020, 3, 3))
    assert Speech.objects.get().person.name == "Lydia Peeters"
    assert result.warnings == ()


def test_a_member_of_a_party_is_not_the_minister_of_that_surname():
    asked = papers.question(addressee="Lydia Peeters")
    result = speak((papers.member("Peeters"), "vraag"), questions=(asked,))
    assert Speech.objects.get().person is None
    assert any("“Peeters (Groen)” is not known" in warning for warning in result.warnings)


def test_a_minister_is_not_the_member_of_that_surname():
    asked = papers.question(asker="Kris Peeters", addressee="Peeters")
    speak((papers.minister("Peeters"), "antwoord"), questions=(asked,))
    assert Speech.objects.get().person is None
    assert (Question.objects.get().asker.name, Question.objects.get().addressee) == ("Kris Peeters", None)


def test_the_register_knows_the_minister_that_a_report_names_by_surname_only():
    load_register()
    speak((papers.minister("Van den Heuvel"), "antwoord"), said_on=date(2019, 3, 12))
    assert Speech.objects.get().person.name == "Koen Van den Heuvel"


def test_a_surname_is_nobody_s_after_the_last_day_in_office():
    load_register()
    speak((papers.minister("Schauvliege"), "antwoord"), said_on=date(2019, 3, 12))
    assert Speech.objects.get().person is None
