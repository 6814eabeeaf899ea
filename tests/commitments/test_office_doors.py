"""Every door of an office, tried by everybody: the same set-up, and who gets in, who is refused, who finds nothing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commitments.models import Membership, Note, OfficeEvent, Statement, Subscription, Tag
from commitments.services import digest
from tests import rows
from tests.commitments.offices import DAY, LABEL, NOTE, PERSONAS, World, world
from tracker.clock import noon_of

pytestmark = [pytest.mark.django_db, pytest.mark.doors]

SHOWN, DONE, NOTHING, REFUSED, LOGIN = "shown", "done", "nothing", "refused", "login"
ALL_OF_A = "a_reader a_reviewer a_author a_manager"
WRITERS_OF_A = "a_reviewer a_author a_manager"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office() -> World:
    return world().keep()


def outcome(answer: HttpResponse, *, good: bool, word: str) -> str:
    """Say what came of it: the good end, else how it was refused. A good end behind a refusal is a mistake."""
    if good:
        assert answer.status_code in (200, 302)
        return word
    if answer.status_code == 302 and answer["Location"].startswith(reverse("admin:login")):
        return LOGIN
    return {403: REFUSED}.get(answer.status_code, NOTHING)


def shown(answer: HttpResponse, *words: str) -> str:
    body = answer.content.decode()
    assert all(word in body for word in words) == any(word in body for word in words)
    return outcome(answer, good=words[0] in body, word=SHOWN)


def page(client: Client, office: World, who: str) -> str:
    return shown(client.get(reverse("commitment", args=[office.commitment.uid])), NOTE, LABEL, "Fractie A")


def own_page(client: Client, office: World, who: str) -> str:
    return shown(client.get(reverse("office")), NOTE, "Fractie A")


def label_filter(client: Client, office: World, who: str) -> str:
    rows.commitment(title="Iets anders", quote=rows.NEXT)
    answer = client.get(reverse("commitments"), {"label": office.label.pk})
    narrowed = answer.context["page"].total == 1
    assert narrowed == (LABEL in answer.content.decode())
    return outcome(answer, good=narrowed, word=SHOWN)


def priority_filter(client: Client, office: World, who: str) -> str:
    rows.commitment(title="Iets anders", quote=rows.NEXT)
    answer = client.get(reverse("commitments"), {"priority": "high"})
    return outcome(answer, good=answer.context["page"].rows == [office.commitment], word=SHOWN)


def watch_filter(client: Client, office: World, who: str) -> str:
    answer = client.get(reverse("commitments"), {"watched": "on"})
    asked = answer.context["page"].rows == [office.commitment] and who != "anonymous"
    return outcome(answer, good=asked, word=SHOWN)


def api(client: Client, office: World, who: str) -> str:
    answer = client.get(reverse("api:commitment-office", args=[office.commitment.uid]))
    return shown(answer, NOTE, LABEL, "Fractie A")


def api_commitment(client: Client, office: World, who: str) -> str:
    return shown(client.get(reverse("api:commitment-detail", args=[office.commitment.uid])), NOTE, LABEL)


def weekly_mail(client: Client, office: World, who: str) -> str:
    if who in office.users:
        Subscription.objects.create(user=office.users[who], language="en")
    digest.send_due(moment=noon_of(DAY))
    sent = [f"{one.body} {one.alternatives[0].content}" for one in mail.outbox]
    assert len(sent) == (who in office.users)
    return SHOWN if any(NOTE in one and "on your watch list" in one.lower() for one in sent) else NOTHING


def mark(client: Client, office: World, who: str) -> str:
    address = reverse("office_mark", args=[office.commitment.uid, office.a.uid])
    answer = client.post(address, {"priority": "low"})
    told = OfficeEvent.objects.filter(kind="priority", after={"priority": "low"}).exists()
    return outcome(answer, good=told, word=DONE)


def add_note(client: Client, office: World, who: str) -> str:
    answer = client.post(reverse("office_note", args=[office.commitment.uid, office.a.uid]), {"text": "Nieuw."})
    return outcome(answer, good=Note.objects.filter(text="Nieuw.", team=office.a).exists(), word=DONE)


def edit_note(client: Client, office: World, who: str) -> str:
    answer = client.post(reverse("office_note_edit", args=[office.note.pk]), {"text": "Anders."})
    return outcome(answer, good=Note.objects.get().text == "Anders.", word=DONE)


def remove_note(client: Client, office: World, who: str) -> str:
    answer = client.post(reverse("office_note_remove", args=[office.note.pk]))
    return outcome(answer, good=not Note.objects.exists(), word=DONE)


def labels_at_desk(client: Client, office: World, who: str) -> str:
    return shown(client.get(reverse("admin:commitments_tag_changelist")), LABEL)


def one_label_at_desk(client: Client, office: World, who: str) -> str:
    answer = client.post(
        reverse("admin:commitments_tag_change", args=[office.label.pk]), {"team": office.a.pk, "name": "Nieuw"}
    )
    return outcome(answer, good=Tag.objects.get().name == "Nieuw", word=DONE)


def new_label_at_desk(client: Client, office: World, who: str) -> str:
    answer = client.post(reverse("admin:commitments_tag_add"), {"team": office.a.pk, "name": "Nieuw"})
    return outcome(answer, good=Tag.objects.filter(name="Nieuw").exists(), word=DONE)


def members_at_desk(client: Client, office: World, who: str) -> str:
    row = Membership.objects.get(user=office.users["a_author"])
    return shown(client.get(reverse("admin:commitments_membership_changelist")), f"/membership/{row.pk}/change/")


def take_in(client: Client, office: World, who: str) -> str:
    given = {"team": office.a.pk, "login": "stranger", "role": "reader"}
    answer = client.post(reverse("admin:commitments_membership_add"), given)
    return outcome(answer, good=Membership.objects.filter(user__username="stranger").exists(), word=DONE)


def promote(client: Client, office: World, who: str) -> str:
    row = Membership.objects.get(user=office.users["a_reader"])
    answer = client.post(reverse("admin:commitments_membership_change", args=[row.pk]), {"role": "manager"})
    row.refresh_from_db()
    return outcome(answer, good=row.role == "manager", word=DONE)


def let_go(client: Client, office: World, who: str) -> str:
    row = Membership.objects.get(user=office.users["a_author"])
    answer = client.post(reverse("admin:commitments_membership_delete", args=[row.pk]), {"post": "yes"})
    return outcome(answer, good=not Membership.objects.filter(pk=row.pk).exists(), word=DONE)


def subscription(client: Client, office: World, who: str) -> str:
    row = Subscription.objects.create(user=office.users["a_author"])
    given = {"user": row.user_id, "language": "en"}
    answer = client.post(reverse("admin:commitments_subscription_change", args=[row.pk]), given)
    row.refresh_from_db()
    return outcome(answer, good=row.language == "en", word=DONE)


def judge_a_proposal(client: Client, office: World, who: str) -> str:
    proposal = rows.statement(quote=rows.NEXT)
    answer = client.post(reverse("admin:commitments_statement_decide", args=[proposal.pk, "accept"]), {"seen": "0"})
    proposal.refresh_from_db()
    return outcome(answer, good=proposal.state == Statement.State.ACCEPTED, word=DONE)


def found_an_office(client: Client, office: World, who: str) -> str:
    answer = client.post(reverse("admin:commitments_team_add"), {"name": "Fractie C", "kind": "fraction"})
    return outcome(answer, good=OfficeEvent.objects.filter(kind="founded", after__name="Fractie C").exists(), word=DONE)


AT_NO_DESK = {LOGIN: "anonymous stranger a_reader b_reader"}
BY_ROLE = AT_NO_DESK | {REFUSED: "a_reviewer a_author b_reviewer"}
# For each door who comes to which end; who is not named finds nothing there.
DOORS: dict[Callable[[Client, World, str], str], dict[str, str]] = {
    page: {SHOWN: ALL_OF_A},
    own_page: {SHOWN: ALL_OF_A, LOGIN: "anonymous"},
    label_filter: {SHOWN: ALL_OF_A},
    priority_filter: {SHOWN: ALL_OF_A},
    watch_filter: {SHOWN: ALL_OF_A},
    api: {SHOWN: ALL_OF_A},
    api_commitment: {},
    weekly_mail: {SHOWN: "a_reader a_reviewer a_manager"},  # the author knows what the author wrote
    mark: {DONE: WRITERS_OF_A, REFUSED: "a_reader", LOGIN: "anonymous"},
    add_note: {DONE: WRITERS_OF_A, REFUSED: "a_reader", LOGIN: "anonymous"},
    edit_note: {DONE: "a_author", REFUSED: "a_reader a_reviewer a_manager", LOGIN: "anonymous"},
    remove_note: {DONE: "a_author a_manager", REFUSED: "a_reader a_reviewer", LOGIN: "anonymous"},
    labels_at_desk: BY_ROLE | {SHOWN: "a_manager"},
    one_label_at_desk: BY_ROLE | {DONE: "a_manager"},
    new_label_at_desk: BY_ROLE | {DONE: "a_manager"},
    members_at_desk: BY_ROLE | {SHOWN: "a_manager superuser"},
    take_in: BY_ROLE | {DONE: "a_manager superuser"},
    promote: BY_ROLE | {DONE: "a_manager superuser"},
    let_go: BY_ROLE | {DONE: "a_manager superuser"},
    subscription: BY_ROLE | {DONE: "a_manager superuser"},
    judge_a_proposal: AT_NO_DESK | {DONE: "a_reviewer a_author a_manager b_reviewer b_manager superuser"},
    found_an_office: BY_ROLE | {REFUSED: "a_reviewer a_author b_reviewer a_manager b_manager", DONE: "superuser"},
}


@pytest.mark.parametrize("who", PERSONAS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_each_comes_through_the_doors_of_the_role_and_no_other(office, door, who):
    expected = next((end for end, people in DOORS[door].items() if who in people.split()), NOTHING)
    assert door(office.client(who), office, who) == expected


def test_every_end_is_an_end_of_some_door():
    assert {end for ends in DOORS.values() for end in ends} == {SHOWN, DONE, REFUSED, LOGIN}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_who_left_the_office_and_who_may_no_longer_log_in_finds_every_door_as_a_stranger_does(office, door):
    Membership.objects.filter(user=office.users["a_manager"]).delete()
    expected = next((end for end, people in DOORS[door].items() if "stranger" in people.split()), NOTHING)
    assert door(office.client("a_manager"), office, "a_manager") == expected


def test_one_who_works_for_two_offices_sees_both_and_writes_where_the_role_allows(office):
    Membership.objects.create(team=office.a, user=office.users["b_manager"], role="reader")
    client = office.client("b_manager")
    assert page(client, office, "b_manager") == SHOWN
    assert add_note(client, office, "b_manager") == REFUSED
    assert labels_at_desk(client, office, "b_manager") == NOTHING
    client.post(reverse("office_note", args=[office.commitment.uid, office.b.uid]), {"text": "Van B."})
    assert Note.objects.get(team=office.b).text == "Van B."


def test_a_superuser_in_an_office_sees_that_office(office):
    Membership.objects.create(team=office.a, user=office.users["superuser"], role="reader")
    assert page(office.client("superuser"), office, "superuser") == SHOWN


def test_a_manager_takes_no_subscription_of_who_also_works_elsewhere(office):
    Membership.objects.create(team=office.b, user=office.users["a_author"], role="reader")
    assert subscription(office.client("a_manager"), office, "a_manager") == NOTHING


def test_a_label_of_another_office_is_refused_like_one_that_never_was(office):
    client = office.client("b_reviewer")
    address = reverse("office_mark", args=[office.commitment.uid, office.b.uid])
    said = []
    for label in (office.label.pk, uuid4()):
        answer = client.post(address, {"tags": [label]}, follow=True)
        said.append([str(one).replace(str(label), "…") for one in answer.context["messages"]])
    assert said[0] == said[1]
    assert said[0]
    assert LABEL not in str(said)


def test_a_reader_logs_in_and_out_at_the_login_of_the_site(office, client):
    reader = office.users["a_reader"]
    reader.set_password("een-goed-wachtwoord-1")
    reader.save()
    given = {"username": "a_reader", "password": "een-goed-wachtwoord-1"}
    answer = client.post(f"{reverse('admin:login')}?next=/bureau/", given | {"next": "/bureau/"})
    assert answer["Location"] == "/bureau/"
    assert own_page(client, office, "a_reader") == SHOWN
    client.post(reverse("logout"))
    assert own_page(client, office, "anonymous") == LOGIN
