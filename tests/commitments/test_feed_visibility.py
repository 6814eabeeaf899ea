"""Who sees what of every list, and at every address of one row: with a session, and with a key."""

import pytest
from django.urls import reverse

from commitments.models import Event, FollowUp, Scope
from tests.commitments.feed import DAY, LISTS, STATS, House, detail, get, house, key, listed, seen
from tests.commitments.offices import PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.doors]
REVIEWS = {"a_reviewer", "a_manager", "a_author", "b_reviewer", "b_manager", "superuser"}
WITH_CLOSED = ("statement", "follow-up", "event")
KNOWN = [name for name in LISTS if name not in ("portfolio",)]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def shown() -> House:
    return house()


@pytest.mark.parametrize("name", KNOWN)
def test_a_session_sees_what_waits_only_where_its_role_reviews(shown, name):
    for who in PERSONAS:
        assert seen(shown.office.client(who), name) == shown.uids(name, closed=who in REVIEWS), who


@pytest.mark.parametrize("name", KNOWN)
def test_a_key_without_a_scope_sees_what_anyone_sees_whoever_owns_it(client, shown, name):
    for who, user in shown.office.users.items():
        assert seen(client, name, key(user)) == shown.uids(name, closed=False), who


@pytest.mark.parametrize("who", sorted(REVIEWS))
def test_a_key_for_proposals_sees_what_waits_as_far_as_its_owner_still_does(client, shown, who):
    user = shown.office.users[who]
    header = key(user, Scope.PROPOSALS)
    assert [name for name in KNOWN if seen(client, name, header) != shown.uids(name, closed=True)] == []
    user.is_superuser = False
    user.save()
    user.memberships.all().delete()
    assert [name for name in KNOWN if seen(client, name, header) != shown.uids(name, closed=False)] == []


@pytest.mark.parametrize("scope", [one for one in Scope if one not in (Scope.PROPOSALS,)])
def test_no_other_scope_opens_what_waits(client, shown, scope):
    header = key(shown.office.users["a_manager"], scope)
    for name in KNOWN:
        assert seen(client, name, header) == shown.uids(name, closed=False)


@pytest.mark.parametrize("name", WITH_CLOSED)
def test_what_waits_is_not_at_its_own_address_for_who_does_not_find_it_in_the_list(shown, name):
    for who in PERSONAS:
        client = shown.office.client(who)
        for row in shown.closed[name]:
            assert client.get(detail(name, row)).status_code == (200 if who in REVIEWS else 404), who
        for row in shown.public[name]:
            assert client.get(detail(name, row)).status_code == 200, who


@pytest.mark.parametrize("name", WITH_CLOSED)
def test_a_filter_finds_nobody_more_than_the_list_without_it(client, shown, name):
    asked = {
        "statement": [{"state": "proposed"}, {"state": "rejected"}, {"q": "tweede"}],
        "follow-up": [{"state": "proposed"}, {"state": "dismissed"}],
        "event": [{"kind": "proposed"}, {"kind": "follow_up_judged"}],
    }
    for query in asked[name]:
        assert seen(client, name, **query) == set()
        assert seen(shown.office.client("a_reviewer"), name, **query) <= shown.uids(name, closed=True)


@pytest.mark.parametrize("who", ["anonymous", "stranger", "a_reader"])
def test_no_word_of_the_review_is_told_to_who_does_not_review(shown, who):
    Event.objects.update(actor=shown.office.users["a_reviewer"])
    client = shown.office.client(who)
    for name in LISTS:
        body = client.get(listed(name), {"page_size": 500}).content.decode()
        for word in ("a_reviewer", "same-subject", "example.org/geheim", '"rejected_because":"fact"'):
            assert word not in body
        for closed in (one for rows in shown.closed.values() for one in rows):
            assert str(closed.uid) not in body, name
    paper = get(client, listed("document"))["results"][0]
    assert (paper["waiting"], paper["warnings"]) == (None, None)


def test_who_acted_is_told_to_nobody(shown):
    Event.objects.update(actor=shown.office.users["a_author"])
    for who in PERSONAS:
        client = shown.office.client(who)
        assert not any("a_author" in client.get(listed(name)).content.decode() for name in LISTS)


def test_an_event_of_a_follow_up_that_is_no_longer_confirmed_goes_with_it(client, shown):
    FollowUp.objects.update(state=FollowUp.State.PROPOSED)
    shown_now = get(client, listed("event"), page_size=500)["results"]
    assert not [one for one in shown_now if one["follow_up"]]


@pytest.mark.parametrize("name", STATS)
def test_counts_are_the_same_for_everybody_and_hold_what_anyone_sees(shown, name):
    told = [get(shown.office.client(who), reverse(f"api:{name}")) for who in PERSONAS]
    assert all(one == told[0] for one in told)
    last = told[0][-1] if isinstance(told[0], list) else told[0]
    assert last["total"] == len(shown.public["commitment"])


def test_what_an_office_keeps_filters_for_that_office_alone(client, shown):
    office = shown.office.keep()
    made = {str(office.commitment.uid)}
    label = str(office.label.pk)
    for who in PERSONAS:
        here, own = office.client(who), who.startswith("a_")
        assert seen(here, "commitment", priority="high") == (made if own else set())
        assert seen(here, "commitment", watched="true") == (made if own else set())
        assert here.get(listed("commitment"), {"label": label}).status_code == (200 if own else 400)
    for scope, found in ((Scope.OFFICE, made), (Scope.PROPOSALS, set())):
        header = key(office.users["a_reviewer"], scope)
        assert seen(client, "commitment", header, priority="high") == found
        assert seen(client, "commitment", header, watched="true") == found
