"""The pages of portfolios and committees, and the lists of all there are."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.models import Commitment, OutsideStatement, Subscription
from tests import rows
from tests.commitments.counting import queries
from transcripts.models import Mandate, Meeting

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)
COMMITTEE = "commissie-voor-wonen-en-energie"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"


def mandate(name: str = "Els Vanrode", portfolio: str = "Wonen", **days: date) -> Mandate:
    days = {"start": date(2024, 9, 30)} | days
    return Mandate.objects.create(person=rows.person(name), title="Vlaams minister", portfolio=portfolio, **days)


def page(client, name: str, *args: str, **query: str):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer


def test_a_portfolio_shows_what_was_promised_under_it_and_who_answers_for_it_now(client):
    old = mandate(start=date(2019, 10, 2), end=date(2024, 9, 29))
    mandate("Jan Hoste", "Wonen en Energie")
    made = rows.commitment(mandate=old)
    rows.commitment(mandate=mandate("An Vos", "Cultuur"))
    answer = page(client, "portfolio", "wonen")
    assert answer.context["page"].rows == [made]
    assert [one.name for one in answer.context["in_charge"]] == ["Jan Hoste"]
    assert [one.person.name for one in answer.context["mandates"]] == ["Jan Hoste", "Els Vanrode"]
    text = answer.content.decode()
    for address in (f"{reverse('commitments')}?portfolio=Wonen", reverse("feed_portfolio", args=["wonen", "ics"])):
        assert address in text


def test_a_committee_shows_what_was_promised_there_and_when_it_meets_next(client):
    made = rows.commitment(mandate=mandate())
    elsewhere = rows.document()
    elsewhere.meeting.committee = "Commissie voor Cultuur"
    elsewhere.meeting.save()
    rows.commitment(turn=rows.speech(rows.item(elsewhere)))
    Meeting.objects.create(
        date=date(2026, 4, 21), committee=made.statements.get().speech.item.document.meeting.committee
    )
    answer = page(client, "committee", COMMITTEE)
    assert answer.context["page"].rows == [made]
    assert [one.name for one in answer.context["in_charge"]] == ["Els Vanrode"]
    assert answer.context["next_meeting"].date == date(2026, 4, 21)


def test_the_list_behind_a_count_is_as_long_as_the_count(client):
    rows.commitment(mandate=mandate()), rows.commitment(status="dropped"), rows.commitment(due_end=date(2026, 6, 1))
    for name, slug in (("portfolio", "wonen"), ("committee", COMMITTEE)):
        context = page(client, name, slug).context
        listed = client.get(f"{context['listed']}&overdue=on").context["page"]
        assert len(listed.rows) == context["counts"]["overdue"] > 0


@pytest.mark.parametrize("name", ["portfolio", "committee"])
def test_there_is_no_page_for_what_there_is_not(client, name):
    assert client.get(reverse(name, args=["niets"])).status_code == 404


def test_the_lists_count_what_is_open_and_past_its_date(client):
    rows.commitment(mandate=mandate()), rows.commitment(due_end=date(2026, 6, 1)), rows.commitment(status="lapsed")
    counts = {"people": (3, 2, 1), "portfolios": (1, 1, 1), "committees": (3, 2, 1)}
    for name, expected in counts.items():
        (row,) = [row for _, rows_ in page(client, name).context["groups"] for row in rows_]
        assert (row.counts["total"], row.counts["open"], row.counts["overdue"]) == expected


def test_what_is_private_or_not_accepted_is_counted_on_no_list(client):
    held = mandate()
    rows.statement()
    hidden = Commitment.objects.create(
        title="Stil", kind="inform", person=held.person, mandate=held, said_on=DAY, due_end=date(2026, 1, 1)
    )
    OutsideStatement.objects.create(commitment=hidden, quote="Stil", said_on=DAY, source_name="Gesprek", public=False)
    for name in ("people", "portfolios", "committees"):
        (row,) = [row for _, rows_ in page(client, name).context["groups"] for row in rows_]
        assert row.counts["total"] == 0
    for name, slug in (("portfolio", "wonen"), ("committee", COMMITTEE)):
        assert page(client, name, slug).context["counts"]["total"] == 0


@pytest.mark.parametrize(
    "address",
    [["people"], ["portfolios"], ["committees"], ["portfolio", "wonen"], ["committee", COMMITTEE]],
    ids=lambda address: address[0],
)
def test_it_asks_as_often_for_many_rows_as_for_few_and_never_more_than_fifteen_times(client, address):
    rows.commitment(mandate=mandate())
    with queries() as few:
        page(client, *address)
    for number in range(4):
        paper = rows.document()
        paper.meeting.committee = f"Commissie {number}"
        paper.meeting.save()
        rows.commitment(
            turn=rows.speech(rows.item(paper)),
            person=rows.person(f"Jan Hoste {number}"),
            mandate=mandate(f"Jan Hoste {number}", f"Wonen en Deel {number}"),
        )
        rows.commitment(due_end=date(2025, 3 * number + 1, 1))
    with queries() as many:
        page(client, *address)
    assert len(few) == len(many) <= 15


def test_a_link_to_the_mail_ticks_its_topic_and_keeps_nothing_by_itself(client, django_user_model):
    rows.commitment(mandate=mandate())
    user = django_user_model.objects.create_user("jan")
    client.force_login(user)
    for query, field in (
        ({"minister": str(rows.person().uid)}, "ministers"),
        ({"portfolio": "Wonen"}, "portfolios"),
        ({"committee": "Commissie voor Wonen en Energie"}, "committees"),
    ):
        form = page(client, "my_mail", **query).context["form"]
        assert form.initial["everything"] == "0"
        assert len(form[field].value()) == 1
    assert not Subscription.objects.exists()


def test_a_link_to_the_mail_does_not_narrow_what_somebody_gets_already(client, django_user_model):
    user = django_user_model.objects.create_user("jan")
    Subscription.objects.create(user=user)
    client.force_login(user)
    rows.commitment(mandate=mandate())
    answer = page(client, "my_mail", portfolio="Wonen")
    assert answer.context["form"].initial["everything"] == "1"
    assert "already get mail about everything" in answer.content.decode()


@pytest.mark.parametrize("query", [{"portfolio": "Niets"}, {"minister": "x"}, {"committee": ""}])
def test_a_link_to_the_mail_about_nothing_ticks_nothing(client, django_user_model, query):
    client.force_login(django_user_model.objects.create_user("jan"))
    assert page(client, "my_mail", **query).context["to_follow"] == []
