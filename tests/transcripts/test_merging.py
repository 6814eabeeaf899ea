"""Two people who are one: everything moves, in every room, and the desk says what moved."""

from datetime import date

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from commitments.models import Commitment, Statement
from tests import papers
from transcripts.models import AgendaItem, Mandate, Meeting, Person, PersonName, Question, Speech
from transcripts.parsing import names
from transcripts.services import import_paper, merging, people

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 14)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def person(name: str) -> Person:
    made = Person.objects.create(name=name, family_name=name.split()[-1])
    PersonName.objects.create(person=made, spelling=name, key=names.fold(name))
    return made


@pytest.fixture
def clerk(django_user_model):
    """Staff who may change and delete people."""
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    wanted = ["view_person", "change_person", "delete_person"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def two() -> tuple[Person, Person]:
    """Els Vanrode as two documents know her, the second by another name; she speaks, is asked, presides, promises."""
    import_paper(paper=papers.paper())
    asked = papers.question(
        asker="Els Van Rode-Claes", addressee="Els Van Rode-Claes", title="Vlaams minister van Jeugd"
    )
    import_paper(
        paper=papers.paper(
            (papers.minister("Els Van Rode-Claes"), "Dat komt er."),
            questions=(asked,),
            chair="Els Van Rode-Claes",
            number="C100",
        )
    )
    one, other = Person.objects.get(name="Els Vanrode"), Person.objects.get(name="Els Van Rode-Claes")
    Commitment.objects.create(title="plan", kind="inform", said_on=DAY, person=other)
    Statement.objects.create(
        speech=Speech.objects.get(text="Dat komt er."),
        start=0,
        end=4,
        quote="Dat",
        said_on=DAY,
        register="spoken",
        kind="inform",
        addressee=other,
    )
    return one, other


def test_everything_of_the_other_is_of_the_one_who_is_left(two, clerk):
    into, other = two
    done = merging.merge(into=into, others=[other], actor=clerk)
    assert not Person.objects.filter(name="Els Van Rode-Claes").exists()
    assert set(Speech.objects.filter(label__startswith="Minister").values_list("person", flat=True)) == {into.pk}
    question = Question.objects.get(item__document__meeting__number="C100")
    assert (question.asker, question.addressee) == (into, into)
    assert AgendaItem.objects.filter(chair=into).count() == Meeting.objects.filter(chair=into).count() == 1
    assert set(Mandate.objects.values_list("person", "portfolio")) == {
        (into.pk, "Wonen en Energie"),
        (into.pk, "Jeugd"),
    }
    assert Commitment.objects.get().person == Statement.objects.get().addressee == into
    assert (done.moved["speeches"], done.moved["commitments"], done.moved["statements"]) == (1, 1, 1)


def test_a_document_to_come_finds_the_one_who_is_left_under_either_name(two, clerk):
    into, other = two
    people.merge(into=into, others=[other], actor=clerk)
    import_paper(paper=papers.paper((papers.minister("Els Van Rode-Claes"), "Later."), questions=(), number="C101"))
    assert Speech.objects.get(text="Later.").person == into


def test_the_log_says_who_did_it_and_what_moved(two, clerk):
    into, other = two
    merging.merge(into=into, others=[other], actor=clerk)
    left = LogEntry.objects.get(object_id=str(into.pk))
    gone = LogEntry.objects.get(action_flag=DELETION)
    assert (left.user, gone.user) == (clerk, clerk)
    assert "“Els Van Rode-Claes”" in left.change_message
    assert "speeches: 1" in left.change_message
    assert "commitments: 1" in left.change_message
    assert str(into.uid) in gone.change_message


def test_one_mandate_that_both_held_becomes_one_and_the_register_s_stays(clerk):
    one, other = person("An Peters"), person("Ann Peters")
    given = {"portfolio": "Jeugd", "start": DAY}
    mine = Mandate.objects.create(person=one, title="Vlaams minister", **given)
    theirs = Mandate.objects.create(person=other, title="Vlaams minister", registered=True, end=DAY, **given)
    commitment = Commitment.objects.create(title="x", kind="inform", said_on=DAY, mandate=theirs, person=other)
    merging.merge(into=one, others=[other], actor=clerk)
    kept = Mandate.objects.get()
    assert (kept.pk, kept.registered, kept.end) == (mine.pk, True, DAY)
    commitment.refresh_from_db()
    assert commitment.mandate == kept


def test_several_people_at_once_and_the_history_of_what_they_promised(clerk):
    one, second, third = person("An Peters"), person("Ann Peters"), person("Anne Peters")
    for other in (second, third):
        Commitment.objects.create(title="x", kind="inform", said_on=DAY, person=other)
    done = merging.merge(into=one, others=[second, third, one], actor=clerk)
    assert done.names == ("Ann Peters", "Anne Peters")
    assert one.names.count() == 3
    assert {row.person_id for row in Commitment.history.all()} == {one.pk}


def test_one_person_alone_or_one_that_is_gone_is_refused_and_nothing_moves(clerk):
    one, other = person("An Peters"), person("Ann Peters")
    with pytest.raises(merging.CannotMergeError, match="not one"):
        merging.merge(into=one, others=[one], actor=clerk)
    gone = Person.objects.get(pk=other.pk)
    other.delete()
    with pytest.raises(merging.CannotMergeError, match="no longer there"):
        merging.merge(into=one, others=[gone], actor=clerk)
    assert not LogEntry.objects.exists()


def test_a_merge_that_fails_half_way_moves_nothing(two, clerk, monkeypatch):
    into, other = two

    def fail(*args: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(merging, "_log", fail)
    with pytest.raises(RuntimeError):
        merging.merge(into=into, others=[other], actor=clerk)
    assert Commitment.objects.get().person == other
    assert other.speeches.count() == 1


def choose(client, *persons: Person):
    data = {"action": "merge_people", "_selected_action": [one.pk for one in persons]}
    return client.post(reverse("admin:transcripts_person_changelist"), data)


def test_the_desk_shows_what_would_move_and_merges_once_confirmed(client, clerk, two):
    into, other = two
    client.force_login(clerk)
    page = choose(client, into, other)["Location"]
    text = " ".join(client.get(page).content.decode().split())
    assert "Els Vanrode" in text
    for words in ("Els Van Rode-Claes", "commitments: 1", "speeches: 1", "statements: 1", "questions: 2"):
        assert words in text
    assert Person.objects.filter(pk=other.pk).exists()
    answer = client.post(page, {"into": into.pk}, follow=True)
    assert "are one person now; moved:" in answer.content.decode()
    assert not Person.objects.filter(pk=other.pk).exists()


def test_somebody_has_to_be_chosen_to_be_left(client, clerk, two):
    client.force_login(clerk)
    stranger = person("Bo Claes")
    page = choose(client, *two)["Location"]
    for data in ({}, {"into": stranger.pk}):
        assert client.post(page, data).status_code == 200
    assert Person.objects.filter(pk__in=[one.pk for one in two]).count() == 2


def test_somebody_who_disappeared_meanwhile_is_told(client, clerk, two, monkeypatch):
    client.force_login(clerk)
    page = choose(client, *two)["Location"]

    def gone(**_: object) -> None:
        raise merging.CannotMergeError("One of these people is no longer there.")

    monkeypatch.setattr(merging, "merge", gone)
    answer = client.post(page, {"into": two[0].pk}, follow=True)
    assert "One of these people is no longer there." in answer.content.decode()


@pytest.mark.parametrize("ids", ["", "1", "x,y", "999998,999999", "²,³"])
def test_a_page_for_fewer_than_two_people_sends_back(client, clerk, ids):
    client.force_login(clerk)
    answer = client.get(reverse("admin:transcripts_person_merge"), {"ids": ids})
    assert answer["Location"] == reverse("admin:transcripts_person_changelist")


@pytest.mark.parametrize(
    "allowed", [{"view_person"}, {"view_person", "change_person"}, {"view_person", "delete_person"}]
)
def test_only_who_may_change_and_delete_people_merges(client, clerk, two, allowed):
    clerk.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client.force_login(clerk)
    page = f"{reverse('admin:transcripts_person_merge')}?ids={two[0].pk},{two[1].pk}"
    assert client.get(page).status_code == 403
    assert client.post(page, {"into": two[0].pk}).status_code == 403
    choose(client, *two)
    listed = client.get(reverse("admin:transcripts_person_changelist")).content.decode()
    assert "merge_people" not in listed
    assert Person.objects.filter(pk=two[1].pk).exists()


def test_who_is_not_logged_in_is_asked_to(client, two):
    page = f"{reverse('admin:transcripts_person_merge')}?ids={two[0].pk},{two[1].pk}"
    assert client.post(page, {"into": two[0].pk})["Location"].startswith(reverse("admin:login"))


def test_parties_and_mandates_have_their_desk(client, admin_user):
    client.force_login(admin_user)
    for model in ("party", "mandate", "person"):
        for page in ("changelist", "add"):
            assert client.get(reverse(f"admin:transcripts_{model}_{page}")).status_code == 200


def test_the_permanent_id_of_before_leads_to_who_is_left_and_says_who_merged(two, admin_user, client):
    into, other = two
    merging.merge(into=into, others=[other], actor=admin_user)
    third = person("Els Rode")
    merging.merge(into=third, others=[into], actor=admin_user)
    for former in (into, other):
        assert Person.objects.known_as(former.uid).get() == third
    assert Person.objects.known_as(third.uid).get() == third
    told = third.merges.values_list("uid", "name", "actor")
    assert set(told) == {(one.uid, one.name, admin_user.pk) for one in (into, other)}
    assert third.merges.get(uid=other.uid).moved["speeches"] == 1
    client.force_login(admin_user)
    page = client.get(reverse("admin:transcripts_person_change", args=[third.pk])).content.decode()
    assert str(other.uid) in page


def test_programs_that_ask_for_a_person_by_the_id_of_before_get_the_same_promises(two, admin_user, client):
    into, other = two
    accepted = Commitment.objects.published().count()
    merging.merge(into=into, others=[other], actor=admin_user)
    address = reverse("api:commitment-list")
    counts = [client.get(address, {"person": str(one.uid), "page": 1}).json()["count"] for one in (into, other)]
    assert counts[0] == counts[1]
    assert Commitment.objects.published().count() == accepted
