"""One's own mail: choosing it, and seeing what it would be."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from commitments.models import Commitment, Digest, PutOff, Subscription, Topic
from commitments.services import digest, offices
from commitments.services.subscribing import About, choose
from tests import rows
from tests.commitments.offices import LABEL, NOTE, World, world
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 6)
CHOICE = {"rhythm": "daily", "weekday": "2", "hour": "18", "language": "en", "everything": "0", "active": "on"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office() -> World:
    made = world().keep()
    Commitment.objects.update(due_end=date(2026, 3, 31))
    return made


def keep(office: World, who: str, **given):
    return office.client(who).post(reverse("my_mail"), CHOICE | given)


def test_what_is_chosen_is_kept_and_shown_again(office):
    els = rows.person("Els Vanrode")
    answer = keep(
        office, "a_reader", ministers=[els.pk], labels=[str(office.label.pk)], watch_list="on",
        words="zwembad brug\n\n  tram  stelplaats ", committees=["Commissie voor Wonen en Energie"],
    )  # fmt: skip
    assert answer.status_code == 302
    mine = Subscription.objects.get(user=office.users["a_reader"])
    assert (mine.rhythm, mine.weekday, mine.hour, mine.everything) == ("daily", 2, 18, False)
    assert not mine.also_when_nothing
    assert sorted(mine.topics.values_list("kind", "words")) == [
        ("committee", "Commissie voor Wonen en Energie"),
        ("label", ""),
        ("minister", ""),
        ("watch_list", ""),
        ("words", "tram stelplaats"),
        ("words", "zwembad brug"),
    ]
    page = office.client("a_reader").get(reverse("my_mail"))
    form = page.context["form"]
    assert form["ministers"].value() == [els.pk]
    assert form["words"].value() == "tram stelplaats\nzwembad brug"
    assert LABEL in page.content.decode()


def test_keeping_the_same_again_changes_nothing(office):
    for _ in range(2):
        keep(office, "a_reader", words="zwembad", watch_list="on")
    mine = Subscription.objects.get(user=office.users["a_reader"])
    assert mine.history.count() == 1
    assert mine.topics.count() == 2
    before = set(mine.topics.values_list("pk", flat=True))
    keep(office, "a_reader", words="zwembad")
    assert set(mine.topics.values_list("pk", flat=True)) < before


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhythm": "hourly"},
        {"weekday": "7"},
        {"hour": "24"},
        {"language": "fr"},
        {"everything": ""},
        {"words": "\n".join(f"woord {number}" for number in range(21))},
        {"words": "x" * 201},
        {"committees": ["Commissie die niet bestaat"]},
    ],
)
def test_what_is_no_choice_is_said_and_nothing_is_kept(office, wrong):
    answer = keep(office, "a_reader", **wrong)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("who", ["b_manager", "stranger", "superuser"])
def test_the_label_of_another_office_is_neither_offered_nor_taken(office, who):
    client = office.client(who)
    assert LABEL not in client.get(reverse("my_mail")).content.decode()
    client.post(reverse("my_mail"), CHOICE | {"labels": [str(office.label.pk)]})
    assert not Topic.objects.exists()


def test_everybody_sees_and_changes_their_own_alone(office):
    keep(office, "a_reader", words="zwembad")
    page = office.client("a_manager").get(reverse("my_mail"))
    assert "zwembad" not in page.content.decode()
    keep(office, "a_manager", words="tram")
    assert Subscription.objects.get(user=office.users["a_reader"]).topics.get().words == "zwembad"


def test_who_is_not_logged_in_is_asked_to(office):
    for name in ("my_mail", "my_mail_preview"):
        answer = office.client("anonymous").get(reverse(name))
        assert answer["Location"].startswith(reverse("admin:login"))


def test_the_preview_is_what_would_be_sent_and_claims_nothing(office):
    choose(user=office.users["a_reader"], topics=(), language="en")
    choose(user=office.users["b_reader"], topics=(), language="en")
    for who, sees in (("a_reader", True), ("b_reader", False)):
        client = office.client(who)
        answer = client.get(reverse("my_mail_preview"))
        html, words = answer.content.decode(), answer.context["words"]
        assert "Rapport bezorgen" in html
        assert (NOTE in words.html) == (NOTE in words.text) == sees
        shown = html.replace("&amp;", "&").replace("&quot;", '"')
        assert words.text in shown
        assert words.subject in shown
        assert reverse("my_mail_preview") in client.get(reverse("my_mail")).content.decode()
    assert not Digest.objects.exists()


def test_the_preview_runs_nothing_and_stands_in_a_frame_of_this_site_alone(office):
    choose(user=office.users["a_reader"], topics=())
    answer = office.client("a_reader").get(reverse("my_mail_preview"))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.content.decode()


def test_the_preview_says_when_nothing_would_be_sent(office):
    choose(user=office.users["stranger"], topics=[About(Topic.Kind.WORDS, words="onvindbaar")], everything=False)
    client = office.client("stranger")
    assert client.get(reverse("my_mail_preview")).context["wanted"]
    choose(user=office.users["stranger"], topics=(), everything=False, also_when_nothing=False)
    assert not client.get(reverse("my_mail_preview")).context["wanted"]
    choose(user=office.users["stranger"], topics=(), rhythm="changes", everything=True)
    assert client.get(reverse("my_mail_preview")).context["wanted"]
    digest.send_due(moment=noon_of(DAY))
    assert not client.get(reverse("my_mail_preview")).context["wanted"]


def test_what_was_put_off_is_listed_for_its_owner_and_taken_back(office):
    reader = office.users["a_reader"]
    offices.put_off_alone(commitment=office.commitment, user=reader, until=DAY + timedelta(days=7))
    client = office.client("a_reader")
    again = reverse("my_mail_again", args=[office.commitment.uid])
    assert again in client.get(reverse("my_mail")).content.decode()
    assert again not in office.client("a_manager").get(reverse("my_mail")).content.decode()
    office.client("a_manager").post(again)
    assert PutOff.objects.count() == 1
    client.post(again)
    assert not PutOff.objects.exists()
