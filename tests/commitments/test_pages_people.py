"""The page of a person, and what becomes of the address of somebody who was merged."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from commitments.models import Asking, Commitment
from commitments.showing.succession import Holders
from tests import rows
from tests.commitments.counting import queries
from transcripts.models import Mandate, Meeting, Person, Question
from transcripts.services import merging

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"


def page(client, person: Person, **query: str):
    return client.get(reverse("person", args=[person.uid]), query)


def test_it_tells_the_offices_the_promises_and_how_they_stand(client):
    late, done = rows.commitment(), rows.commitment(status="fulfilled", title="Klaar")
    rows.commitment(title="Van een ander", person=rows.person("Jan Hoste"), quote=rows.NEXT)
    person = late.person
    Mandate.objects.create(person=person, title="Vlaams minister", portfolio="Wonen", start=date(2024, 9, 30))
    answer = page(client, person)
    text = " ".join(answer.content.decode().split())
    for words in ("Els Vanrode", reverse("portfolio", args=["wonen"]), "2 commitments", "since <time"):
        assert words in text
    counts = answer.context["counts"]
    assert [counts[name] for name in ("total", "open", "overdue", "fulfilled")] == [2, 1, 1, 1]
    assert "past the date, no answer found" in text
    assert set(answer.context["page"].rows) == {late, done}


def test_what_is_proposed_and_not_accepted_is_not_on_it(client):
    said = rows.statement()
    assert rows.PROMISE not in page(client, said.speech.person).content.decode()


def test_what_was_taken_over_with_a_portfolio_is_counted_apart_and_leads_to_the_list(client):
    ended = Mandate.objects.create(
        person=rows.person(), title="Vlaams minister", portfolio="Wonen", start=date(2019, 10, 2), end=date(2026, 2, 1)
    )
    made = rows.commitment(mandate=ended)
    successor = rows.person("Jan Hoste")
    Mandate.objects.create(person=successor, title="Vlaams minister", portfolio="Wonen", start=date(2026, 2, 2))
    answer = page(client, successor)
    assert answer.context["taken_over"] == 1
    listed = f"{reverse('commitments')}?holder={successor.uid}"
    assert listed in answer.content.decode()
    assert client.get(listed).context["page"].rows == [made]


def test_the_address_of_somebody_who_was_merged_leads_to_who_is_left_also_in_the_list(client, admin_user):
    made = rows.commitment()
    twin = rows.person("E. Vanrode")
    former = twin.uid
    merging.merge(into=made.person, others=[twin], actor=admin_user)
    answer = client.get(reverse("person", args=[former]))
    assert (answer.status_code, answer["Location"]) == (301, reverse("person", args=[made.person.uid]))
    found = client.get(reverse("commitments"), {"minister": str(former)})
    assert found.context["page"].rows == [made]
    assert not found.context["search"].errors


def test_nobody_bears_an_id_that_never_was(client):
    assert client.get(reverse("person", args=[uuid4()])).status_code == 404
    listed = client.get(reverse("commitments"), {"minister": str(uuid4())})
    assert "minister" in listed.context["search"].errors


def test_who_had_a_portfolio_before_and_after_stands_with_the_days():
    names = ("Jan Hoste", "Els Vanrode", "Piet Maas")
    starts = (date(2014, 7, 25), date(2019, 10, 2), date(2024, 9, 30), None)
    for name, start, end in zip(names, starts, starts[1:], strict=False):
        portfolio = "Wonen en Energie" if name == "Piet Maas" else "Wonen"
        Mandate.objects.create(person=rows.person(name), title="Minister", portfolio=portfolio, start=start, end=end)
    Mandate.objects.create(person=rows.person("An Vos"), title="Minister", portfolio="Cultuur", start=starts[0])
    (office,) = Holders(DAY).offices_of(rows.person())
    assert [one.person.name for one in office.before] == ["Jan Hoste"]
    assert [(one.person.name, one.start) for one in office.after] == [("Piet Maas", starts[2])]
    assert [one.person.name for one in Holders(DAY).held(frozenset({"wonen"}))] == list(reversed(names))


@pytest.fixture
def member() -> Person:
    """A member of parliament who asked, and was promised something that is still to come."""
    made = rows.commitment()
    asked = Person.objects.create(name="Karim Daems", family_name="Daems")
    Question.objects.filter(item__speeches__statements__commitment=made).update(asker=asked, subject="Het rapport")
    return asked


def test_of_a_member_it_tells_the_questions_and_what_is_still_unanswered(client, member):
    answer = page(client, member)
    text = answer.content.decode()
    assert "Het rapport" in text
    assert "Still unanswered" in text
    assert answer.context["member"]["overdue"] == 1
    assert [one.quote for one in answer.context["unanswered"]] == [rows.PROMISE]
    assert f"{reverse('commitments')}?member={member.uid}" in text
    Commitment.objects.update(asked_on=DAY, waiting_until=date(2026, 5, 1))
    assert "Still unanswered" not in page(client, member).content.decode()


def test_a_question_filed_about_something_private_makes_nobody_a_member_who_asked(client):
    hidden = Commitment.objects.create(title="Stil", kind="inform", said_on=DAY)
    asker = rows.person("Karim Daems")
    Asking.objects.create(commitment=hidden, asker=asker, filed_on=DAY, waiting_until=DAY)
    assert "member" not in page(client, asker).context


def test_it_asks_as_often_for_many_promises_as_for_one_and_never_more_than_fifteen_times(client, member):
    minister = Commitment.objects.get().person
    Question.objects.update(asker=minister)  # as somebody who was a member before
    Mandate.objects.create(person=minister, title="Minister", portfolio="Wonen", start=date(2024, 9, 30))
    Meeting.objects.create(date=date(2026, 5, 5), committee="Commissie voor Wonen en Energie")
    with queries() as few:
        page(client, minister)
    for number in range(4):
        made = rows.commitment(mandate=minister.mandates.first(), due_end=date(2025, 3 * number + 1, 1))
        Question.objects.filter(item__speeches__statements__commitment=made).update(asker=minister)
        Mandate.objects.create(person=minister, title="Minister", portfolio=f"Deel {number}", start=date(2024, 9, 30))
    with queries() as many:
        answer = page(client, minister)
    assert answer.context["next_meeting"].date == date(2026, 5, 5)
    assert len(few) == len(many) <= 15


def test_the_page_of_a_promise_leads_to_who_promised_it(client):
    made = rows.commitment()
    text = client.get(reverse("commitment", args=[made.uid])).content.decode()
    assert reverse("person", args=[made.person.uid]) in text
