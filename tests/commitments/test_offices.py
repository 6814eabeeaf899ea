"""What an office does for itself: each change through a service, with its trail, and nothing lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Commitment, Membership, Note, OfficeEvent, Subscription, Tag, Team, Watch
from commitments.models.offices import LONGEST_NOTE
from commitments.roles import PERMISSIONS
from commitments.services import digest, offices, review, sending
from commitments.services.errors import RoleError, ServiceError
from commitments.showing.offices import kept_about, marks_on
from tests import rows
from tests.commitments.offices import DAY, LABEL, NOTE, NOTE_BEFORE, World, world
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db
NEXT_MONDAY = DAY + timedelta(days=7)


@pytest.fixture
def office() -> World:
    return world()


def last_event() -> OfficeEvent:
    return OfficeEvent.objects.latest("at")


def test_a_note_that_is_changed_and_removed_leaves_who_when_from_and_to(office):
    author, manager = office.users["a_author"], office.users["a_manager"]
    office.keep()
    written, edited = OfficeEvent.objects.filter(kind__startswith="note").order_by("at")
    assert (written.actor, written.day, written.after) == (author, DAY, {"text": NOTE_BEFORE})
    assert (edited.kind, edited.before, edited.after) == ("note_edited", {"text": NOTE_BEFORE}, {"text": NOTE})
    offices.remove_note(note=office.note, actor=manager, day=NEXT_MONDAY)
    assert not Note.objects.exists()
    event = last_event()
    assert (event.kind, event.actor, event.day) == ("note_removed", manager, NEXT_MONDAY)
    assert event.before == {"text": NOTE}
    assert event.commitment == office.commitment


def test_the_same_again_changes_nothing_and_tells_nothing(office):
    office.keep()
    told = OfficeEvent.objects.count()
    author = office.users["a_author"]
    offices.edit_note(note=office.note, text=f"  {NOTE} ", actor=author, day=DAY)
    offices.mark(
        team=office.a,
        commitment=office.commitment,
        actor=author,
        day=DAY,
        priority="high",
        tags=[office.label],
        watched=True,
    )
    offices.set_member(
        team=office.a, user=author, role=Membership.Role.REVIEWER, actor=office.users["a_manager"], day=DAY
    )
    assert OfficeEvent.objects.count() == told


def test_marks_are_taken_away_as_they_were_given_with_from_and_to(office):
    office.keep()
    offices.mark(team=office.a, commitment=office.commitment, actor=office.users["a_reviewer"], day=NEXT_MONDAY)
    (dossier,) = kept_about(office.users["a_reader"], office.commitment).dossiers
    assert (dossier.marks.priority, dossier.marks.labels, dossier.marks.watched) == ("", [], False)
    told = {one.kind: (one.before, one.after) for one in OfficeEvent.objects.filter(day=NEXT_MONDAY)}
    assert told == {
        "priority": ({"priority": "high"}, {"priority": ""}),
        "labels": ({"labels": [LABEL]}, {"labels": []}),
        "watch": ({"watched": True}, {"watched": False}),
    }


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_NOTE + 1)])
def test_a_note_without_words_or_with_too_many_is_refused(office, text):
    with pytest.raises(ServiceError):
        offices.add_note(
            team=office.a, commitment=office.commitment, text=text, actor=office.users["a_author"], day=DAY
        )
    assert not Note.objects.exists()


def test_a_label_is_once_in_an_office_and_free_for_the_other(office):
    office.keep()
    again = {"name": LABEL.upper(), "day": DAY}
    with pytest.raises(ServiceError):
        offices.make_tag(team=office.a, actor=office.users["a_manager"], **again)
    offices.make_tag(team=office.b, actor=office.users["b_manager"], **again)
    other = offices.make_tag(team=office.a, name="ander", actor=office.users["a_manager"], day=DAY)
    with pytest.raises(ServiceError):
        offices.rename_tag(tag=other, actor=office.users["a_manager"], **again)
    assert Tag.objects.filter(team=office.a).count() == 2


def test_the_desk_says_that_a_label_is_there_already(office):
    office.keep()
    other = offices.make_tag(team=office.a, name="ander", actor=office.users["a_manager"], day=DAY)
    client = office.client("a_manager")
    for address in (
        reverse("admin:commitments_tag_add"),
        reverse("admin:commitments_tag_change", args=[other.pk]),
    ):
        answer = client.post(address, {"team": office.a.pk, "name": LABEL})
        assert answer.status_code == 200
        assert answer.context["errors"]


def test_a_label_that_is_removed_goes_from_every_commitment(office):
    office.keep()
    offices.remove_tag(tag=office.label, actor=office.users["a_manager"], day=DAY)
    (dossier,) = kept_about(office.users["a_reader"], office.commitment).dossiers
    assert dossier.marks.labels == []
    assert last_event().before == {"name": LABEL}


@pytest.mark.parametrize("who", ["b_manager", "stranger", "superuser"])
def test_no_service_writes_for_who_is_not_of_the_office(office, who):
    office.keep()
    told = OfficeEvent.objects.count()
    given = {"actor": office.users[who], "day": DAY}
    for verb in (
        lambda: offices.add_note(team=office.a, commitment=office.commitment, text="x", **given),
        lambda: offices.edit_note(note=office.note, text="x", **given),
        lambda: offices.remove_note(note=office.note, **given),
        lambda: offices.mark(team=office.a, commitment=office.commitment, **given),
        lambda: offices.make_tag(team=office.a, name="x", **given),
        lambda: offices.rename_tag(tag=office.label, name="x", **given),
        lambda: offices.remove_tag(tag=office.label, **given),
    ):
        with pytest.raises(ServiceError):
            verb()
    assert OfficeEvent.objects.count() == told


def test_only_a_manager_of_that_office_or_the_site_s_administrator_takes_people_in(office):
    given = {"team": office.a, "user": office.users["stranger"], "role": "reader", "day": DAY}
    for who in ("a_reviewer", "b_manager", "stranger"):
        with pytest.raises(RoleError):
            offices.set_member(actor=office.users[who], **given)
    for who in ("a_manager", "superuser"):
        row = offices.set_member(actor=office.users[who], **given)
        assert last_event().after == {"user": "stranger", "role": "reader"}
        offices.remove_member(membership=row, actor=office.users[who], day=DAY)
        assert last_event().before == {"user": "stranger", "role": "reader"}
    with pytest.raises(RoleError):
        offices.found_team(name="Fractie C", actor=office.users["a_manager"], day=DAY)


def test_the_members_see_that_an_administrator_took_himself_in(office):
    boss = office.users["superuser"]
    offices.set_member(team=office.a, user=boss, role="reader", actor=boss, day=DAY)
    assert "superuser (" in office.client("a_reader").get(reverse("office")).content.decode()


def test_who_leaves_loses_what_the_role_gave_at_once_and_the_office_keeps_what_was_written(office):
    office.keep()
    author = office.users["a_author"]
    client = office.client("a_author")
    assert client.get(reverse("admin:commitments_statement_changelist")).status_code == 200
    membership = Membership.objects.get(user=author)
    offices.remove_member(membership=membership, actor=office.users["a_manager"], day=DAY)
    assert client.get(reverse("admin:commitments_statement_changelist")).status_code == 302
    author.delete()
    (dossier,) = kept_about(office.users["a_reader"], office.commitment).dossiers
    assert [(note.text, note.author) for note in dossier.notes] == [(NOTE, None)]


def test_a_judgement_undone_and_made_again_brings_back_the_address_and_what_the_office_wrote(office):
    statement = rows.statement(quote=rows.NEXT)
    boss = office.users["superuser"]
    made = review.accept(statement=statement, actor=boss, day=DAY)
    offices.add_note(team=office.a, commitment=made, text=NOTE, actor=office.users["a_author"], day=DAY)
    uid = made.uid
    review.reopen(statement=statement, actor=boss, day=DAY)
    assert not Commitment.objects.filter(uid=uid).exists()
    assert NOTE not in office.client("a_reader").get(reverse("office")).content.decode()
    again = review.accept(statement=statement, actor=boss, day=DAY)
    assert again.uid == uid
    assert NOTE in office.client("a_reader").get(reverse("commitment", args=[uid])).content.decode()


def test_what_one_watches_alone_not_even_the_office_sees(office, settings):
    settings.TODAY = DAY
    client = office.client("a_reviewer")
    address = reverse("watch_alone", args=[office.commitment.uid])
    client.post(address, {"watched": "on"})
    client.post(address, {"watched": "on"})
    assert Watch.objects.get().user == office.users["a_reviewer"]
    watched = {"watched": "on"}
    for who, count in (("a_reviewer", 1), ("a_manager", 0), ("stranger", 0)):
        answer = office.client(who).get(reverse("commitments"), watched)
        assert answer.context["page"].total == count
    client.post(address)
    assert not Watch.objects.exists()


def test_a_stranger_without_an_office_has_a_watch_list_too(office):
    client = office.client("stranger")
    client.post(reverse("watch_alone", args=[office.commitment.uid]), {"watched": "on"})
    assert client.get(reverse("commitments"), {"watched": "on"}).context["page"].total == 1
    answer = office.client("anonymous").post(reverse("watch_alone", args=[office.commitment.uid]), {"watched": "on"})
    assert answer["Location"].startswith(reverse("admin:login"))
    assert Watch.objects.count() == 1


def test_the_mail_tells_a_note_once(office):
    Subscription.objects.create(user=office.users["a_reader"])
    office.keep()
    digest.send_due(moment=noon_of(DAY))
    digest.send_due(moment=noon_of(NEXT_MONDAY))
    assert [NOTE in one.body for one in mail.outbox] == [True, False]


def test_a_note_of_a_week_without_a_mail_is_told_in_the_next(office):
    Subscription.objects.create(user=office.users["a_reader"])
    digest.send_due(moment=noon_of(DAY))
    office.keep()
    later = NEXT_MONDAY + timedelta(days=14)
    digest.send_due(moment=noon_of(later))
    assert [NOTE in one.body for one in mail.outbox] == [False, True]


def test_who_left_between_the_claim_and_the_mail_gets_nothing_of_the_office(office, monkeypatch):
    reader = office.users["a_reader"]
    Subscription.objects.create(user=reader, language="en")
    office.keep()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "send", lambda pks, connection: sending.Sent())
        digest.send_due(moment=noon_of(DAY))
    assert Subscription.objects.get().digests.get().items["notes"] == [str(office.note.pk)]
    Membership.objects.filter(user=reader).delete()
    digest.send_due(moment=noon_of(DAY))
    (sent,) = mail.outbox
    assert NOTE not in sent.body + sent.alternatives[0].content
    assert "watch list" not in sent.body.lower()


def test_lists_take_as_many_queries_for_ten_as_for_one(office):
    office.keep()

    def taken() -> int:
        client = office.client("a_reader")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(reverse("commitments"))
            client.get(reverse("office"))
        assert LABEL in answer.content.decode()
        return len(asked)

    one = taken()
    for number in range(9):
        made = rows.commitment(title=f"Belofte {number}")
        offices.mark(
            team=office.a,
            commitment=made,
            actor=office.users["a_author"],
            day=DAY,
            priority="low",
            tags=[office.label],
            watched=True,
        )
        offices.add_note(team=office.a, commitment=made, text=NOTE, actor=office.users["a_author"], day=DAY)
    assert taken() == one
    with CaptureQueriesContext(connection) as asked:
        assert len(marks_on(office.users["a_reader"], Commitment.objects.all())) == 10
    assert len(asked) == 2  # the commitments themselves, and what is kept about them


def test_a_manager_may_what_a_reviewer_may_and_a_reviewer_what_a_reader_may():
    reader, reviewer, manager = (PERMISSIONS[role] for role in ("reader", "reviewer", "manager"))
    assert reader < reviewer < manager


def test_the_answer_of_the_api_is_kept_by_no_cache(office):
    office.keep()
    answer = office.client("a_reader").get(reverse("api:commitment-office", args=[office.commitment.uid]))
    assert "no-store" in answer["Cache-Control"]
    (dossier,) = answer.json()
    note = dossier.pop("notes")[0]
    assert note == {"author": "a_author", "day": "2026-04-06", "edited_on": "2026-04-06", "text": NOTE}
    assert dossier == {
        "uid": str(Team.objects.get(name="Fractie A").uid),
        "office": "Fractie A",
        "role": "reader",
        "priority": "high",
        "labels": [LABEL],
        "watched": True,
    }


def test_the_only_manager_is_kept_while_others_work_there(office):
    manager, boss = office.users["a_manager"], office.users["superuser"]
    own = Membership.objects.get(user=manager, team=office.a)
    told = OfficeEvent.objects.count()
    for leave in (
        lambda: offices.remove_member(membership=own, actor=boss, day=DAY),
        lambda: offices.set_member(team=office.a, user=manager, role="reader", actor=manager, day=DAY),
    ):
        with pytest.raises(ServiceError, match="a_manager.*Fractie A"):
            leave()
        assert Membership.objects.get(pk=own.pk).role == "manager"
        assert OfficeEvent.objects.count() == told
    offices.set_member(team=office.a, user=office.users["a_author"], role="manager", actor=manager, day=DAY)
    offices.set_member(team=office.a, user=manager, role="reader", actor=manager, day=DAY)
    assert Membership.objects.get(pk=own.pk).role == "reader"


def test_an_office_that_ends_loses_its_last_member_too(office):
    boss = office.users["superuser"]
    others = Membership.objects.filter(team=office.a).exclude(role="manager")
    for row in [*others, Membership.objects.get(team=office.a, role="manager")]:
        offices.remove_member(membership=row, actor=boss, day=DAY)
    assert not Membership.objects.filter(team=office.a).exists()


def test_the_desk_says_in_one_sentence_why_the_only_manager_stays(office, settings):
    settings.LANGUAGE_CODE, settings.TODAY = "en", DAY
    client = office.client("a_manager")
    own = Membership.objects.get(user=office.users["a_manager"], team=office.a)
    change = reverse("admin:commitments_membership_change", args=[own.pk])
    listed = reverse("admin:commitments_membership_changelist")
    everybody = list(Membership.objects.filter(team=office.a).values_list("pk", flat=True))
    for address, given in (
        (change, {"role": "reader"}),
        (reverse("admin:commitments_membership_delete", args=[own.pk]), {"post": "yes"}),
        (listed, {"action": "delete_selected", "_selected_action": [own.pk], "post": "yes"}),
    ):
        said = [str(one) for one in client.post(address, given, follow=True).context["messages"]]
        assert said == ["a_manager is the only manager of “Fractie A”: make somebody else a manager first."]
        assert list(Membership.objects.filter(team=office.a).values_list("pk", flat=True)) == everybody
    assert Membership.objects.get(pk=own.pk).role == "manager"


def test_another_name_for_an_office_stays_in_its_trail(office):
    client = office.client("superuser")
    address = reverse("admin:commitments_team_change", args=[office.a.pk])
    client.post(address, {"name": "Fractie Alfa", "kind": "fraction"})
    event = last_event()
    assert (event.kind, event.before["name"], event.after["name"]) == ("renamed", "Fractie A", "Fractie Alfa")
    with pytest.raises(RoleError):
        offices.rename_team(team=office.a, name="X", kind="fraction", actor=office.users["a_manager"], day=DAY)
