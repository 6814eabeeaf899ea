"""Searches that somebody keeps: named, found again, told of in the mail; and nobody else's business."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse

from commitments.models import Priority, SavedSearch, Subscription, Tag, Tagging, Topic
from commitments.search_forms import Choices
from commitments.searches import found_by, query_of
from commitments.services import digest_claims, searching, subscribing
from commitments.services.digest_topics import Topics, searched_by
from commitments.services.errors import RoleError, ServiceError
from tests import rows
from tests.commitments.offices import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def an() -> User:
    return User.objects.create_user("an", email="an@example.org")


@pytest.fixture
def bo() -> User:
    return User.objects.create_user("bo", email="bo@example.org")


def told(user: User) -> set[int]:
    """The ids of the commitments in the mail somebody would get now."""
    items, _wanted = digest_claims.would_tell(subscription=Subscription.objects.get(user=user), day=DAY)
    return {pk for name in ("newly_overdue", "still_overdue", "due_soon", "time_to_ask") for pk in items[name]}


def test_a_search_is_what_is_filled_in_whatever_its_order_and_its_place_in_the_list():
    given = QueryDict("from=abc&status=open&q=%20wonen%20&minister=&page=3&van=volglijst&unknown=1")
    assert query_of(given) == "q=wonen&status=open&van=volglijst"
    assert query_of(QueryDict("van=volglijst&q=wonen&status=open")) == query_of(given)
    assert query_of(QueryDict("page=2")) == ""


def test_a_search_is_kept_from_the_list_and_leads_back_to_it(client, an):
    made = rows.commitment()
    rows.commitment(turn=rows.speech(), quote=rows.NEXT)
    client.force_login(an)
    answer = client.post(reverse("my_searches"), {"name": " Mijn  rapport ", "query": "from=x&q=rapport"}, follow=True)
    assert answer.context["page"].rows == [made]
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.query, kept.user) == ("Mijn rapport", "q=rapport", an)
    assert answer.context["kept"] == kept
    assert f"{reverse('commitments')}?q=rapport" in client.get(reverse("my_searches")).content.decode()


def test_the_same_search_is_kept_once_and_takes_the_new_name(an):
    first = searching.keep(user=an, name="Eén", query="q=a")
    assert searching.keep(user=an, name="Twee", query="q=a") == first
    assert [one.name for one in SavedSearch.objects.all()] == ["Twee"]


@pytest.mark.parametrize(("name", "query"), [("", "q=a"), ("x" * 81, "q=a"), ("naam", ""), ("naam", "q=" + "a" * 1000)])
def test_what_has_no_name_or_seeks_nothing_is_not_kept(client, an, name, query):
    client.force_login(an)
    answer = client.post(reverse("my_searches"), {"name": name, "query": query}, follow=True)
    assert answer.status_code == 200
    assert not SavedSearch.objects.exists()


def test_there_is_an_end_to_what_one_keeps(an, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 1)
    searching.keep(user=an, name="Eén", query="q=a")
    with pytest.raises(ServiceError, match="remove one first"):
        searching.keep(user=an, name="Twee", query="q=b")
    searching.keep(user=an, name="Anders", query="q=a")


@pytest.mark.parametrize("verb", ["my_search_tell", "my_search_remove"])
def test_of_anothers_search_nothing_is_found_and_one_may_do_anything_with_ones_own(client, an, bo, verb):
    kept = searching.keep(user=an, name="Mijn rapport", query="q=rapport")
    address = reverse(verb, args=[kept.pk])
    client.force_login(bo)
    assert client.post(address).status_code == 404
    assert "Mijn rapport" not in client.get(reverse("my_searches")).content.decode()
    assert SavedSearch.objects.filter(pk=kept.pk).exists()
    assert not Topic.objects.exists()
    client.force_login(an)
    assert client.post(address).status_code == 302
    assert SavedSearch.objects.exists() == Topic.objects.exists() == (verb == "my_search_tell")


def test_the_services_refuse_what_is_not_ones_own(an, bo):
    kept = searching.keep(user=an, name="Mijn rapport", query="q=rapport")
    with pytest.raises(RoleError):
        searching.remove(search=kept, actor=bo)
    with pytest.raises(RoleError):
        subscribing.also_tell(user=bo, search=kept, language="nl-be")
    with pytest.raises(RoleError):
        subscribing.choose(user=bo, topics=[subscribing.About(Topic.Kind.SEARCH, search=kept.pk)])
    an.is_active = False
    with pytest.raises(RoleError):
        searching.keep(user=an, name="Nog een", query="q=a")


def test_who_keeps_a_search_and_wants_mail_of_it_gets_one_about_what_it_finds(client, an):
    found = rows.commitment()
    rows.commitment(turn=rows.speech(), quote=rows.NEXT)
    client.force_login(an)
    client.post(reverse("my_searches"), {"name": "Rapport", "query": "q=rapport", "mail": "on"})
    subscription = Subscription.objects.get(user=an)
    assert (subscription.active, subscription.everything) == (True, False)
    assert told(an) == {found.pk}
    client.post(reverse("my_search_remove", args=[SavedSearch.objects.get().pk]))
    assert told(an) == set()


def test_a_mail_about_everything_stays_so(client, an):
    Subscription.objects.create(user=an)
    both = {rows.commitment().pk, rows.commitment(turn=rows.speech(), quote=rows.NEXT).pk}
    client.force_login(an)
    client.post(reverse("my_searches"), {"name": "Rapport", "query": "q=rapport", "mail": "on"})
    assert told(an) == both


def test_saved_searches_are_chosen_with_the_other_topics_of_ones_mail(client, an, bo):
    mine = searching.keep(user=an, name="Rapport", query="q=rapport")
    theirs = searching.keep(user=bo, name="Van een ander", query="q=rapport")
    client.force_login(an)
    address = reverse("my_mail")
    assert "Van een ander" not in client.get(address).content.decode()
    given = {"active": "on", "rhythm": "weekly", "weekday": "0", "hour": "7", "language": "en", "everything": "0"}
    refused = client.post(address, given | {"searches": [str(theirs.pk)]})
    assert refused.context["form"].errors["searches"]
    assert client.post(address, given | {"searches": [str(mine.pk)]}).status_code == 302
    assert [one.search for one in Topic.objects.all()] == [mine]
    client.post(address, given)
    assert not Topic.objects.exists()


def test_a_search_finds_in_the_mail_what_it_finds_on_the_page_for_its_owner_and_no_other():
    office = world()
    mine, other = office.commitment, rows.commitment()
    label = Tag.objects.create(team=office.a, name="Wonen")
    Tagging.objects.create(tag=label, commitment=mine)
    Priority.objects.create(team=office.a, commitment=other, level="high")
    choices = Choices(DAY)
    insider, outsider = office.users["a_reader"], office.users["b_manager"]
    for query, found in (
        (f"label={label.pk}", {mine}),
        ("priority=high", {other}),
        (f"van={office.a.uid}", {mine, other}),
    ):
        assert set(found_by(query, viewer=insider, choices=choices)) == found
        shown = office.client("a_reader").get(f"{reverse('commitments')}?{query}").context["page"]
        assert set(shown.rows) == found
    assert set(found_by("priority=high", viewer=outsider, choices=choices)) == set()


def test_the_searches_of_all_are_put_to_the_database_together(django_assert_max_num_queries):
    made = rows.commitment()
    for number in range(8):
        user = User.objects.create_user(f"lid{number}", email=f"lid{number}@example.org")
        kept = searching.keep(user=user, name="Rapport", query=f"q=rapport&late_by={number + 1}")
        subscribing.also_tell(user=user, search=kept, language="nl-be")
    batch = list(Subscription.objects.select_related("user").prefetch_related("topics__search"))
    with django_assert_max_num_queries(4):
        found = searched_by(batch, Topics({made.pk}, DAY))
    assert [set(pks) for pks in found.values()] == [{made.pk}] * 8
