"""What was done to a commitment is taken back by who did it: status, parts, questions filed."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.models import Asking, Commitment, Event, Part
from commitments.services import asking, parts, tracking
from commitments.services.errors import NotUndoneError
from commitments.services.undoing_life import last_of_life, undo_life
from tests import rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)


@pytest.fixture
def made(reviewer, colleague) -> Commitment:
    """With a part that is done and one that is not, and a question; all of it the colleague's."""
    commitment = rows.commitment()
    for title in ("Het rapport", "De nota"):
        parts.add(commitment=commitment, actor=colleague, day=DAY, title=title)
    parts.tick(part=commitment.parts.first(), actor=colleague, day=DAY, evidence="brief")
    asking.file_question(commitment=commitment, actor=colleague, day=DAY, number="7", text="Hoe staat het?")
    commitment.refresh_from_db()
    return commitment


def stands(commitment: Commitment) -> dict:
    """Everything that life is made of, as the database has it."""
    row = Commitment.objects.values("status", "fulfilled_on", "evidence", "superseded_by", "asked_on", "waiting_until")
    return {
        "commitment": row.get(pk=commitment.pk),
        "parts": list(Part.objects.order_by("pk").values()),
        "askings": list(Asking.objects.order_by("pk").values()),
    }


def do(verb: str, commitment: Commitment, actor) -> None:
    done, not_done = commitment.parts.all()
    filed = commitment.askings.get()
    by = {"actor": actor, "day": DAY}
    other = rows.commitment()
    {
        "fulfil": lambda: tracking.change_status(commitment=commitment, status="fulfilled", evidence="nota", **by),
        "drop": lambda: tracking.change_status(commitment=commitment, status="dropped", evidence="nota", **by),
        "supersede": lambda: tracking.change_status(
            commitment=commitment, status="superseded", superseded_by=other, **by
        ),
        "add": lambda: parts.add(commitment=commitment, title="De bijlage", **by),
        "tick": lambda: parts.tick(part=not_done, evidence="nota", **by),
        "untick": lambda: parts.untick(part=done, **by),
        "take off": lambda: parts.remove(part=done, **by),
        "answered": lambda: asking.answered(asking=filed, **by),
        "withdrawn": lambda: asking.withdraw(asking=filed, **by),
        "corrected": lambda: asking.correct_asking(
            asking=filed, given=asking.Correction(number="8", text="", filed_on=date(2026, 4, 1)), **by
        ),
    }[verb]()
    commitment.refresh_from_db()


VERBS = ("fulfil", "drop", "supersede", "add", "tick", "untick", "take off", "answered", "withdrawn", "corrected")


def undo(commitment: Commitment, actor) -> None:
    last = last_of_life(commitment, actor)
    assert last is not None
    undo_life(commitment=commitment, decision=last.pk, actor=actor, day=DAY)


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_undone_stands_as_before_and_that_it_was_done_stays_told(made, reviewer, verb):
    before, events = stands(made), made.events.count()
    do(verb, made, reviewer)
    assert stands(made) != before
    undo(made, reviewer)
    assert stands(made) == before
    assert made.events.filter(undoes__isnull=False, actor=reviewer).count() == 1
    assert made.events.count() >= events + 2
    assert last_of_life(made, reviewer) is None


def test_one_after_the_other_is_undone_from_the_last(made, reviewer):
    steps = [stands(made)]
    for verb in ("tick", "answered", "fulfil"):
        do(verb, made, reviewer)
        steps.append(stands(made))
    for before in reversed(steps[:-1]):
        undo(made, reviewer)
        assert stands(made) == before


def test_nobody_undoes_what_somebody_else_did_or_did_since(made, reviewer, colleague):
    do("tick", made, reviewer)
    mine = last_of_life(made, reviewer)
    do("answered", made, colleague)
    before = stands(made)
    assert last_of_life(made, reviewer) is None
    for decision in (mine.pk, last_of_life(made, colleague).pk):
        with pytest.raises(NotUndoneError):
            undo_life(commitment=made, decision=decision, actor=reviewer, day=DAY)
    assert stands(made) == before


def test_what_is_undone_once_is_not_undone_twice(made, reviewer):
    do("drop", made, reviewer)
    decision = last_of_life(made, reviewer).pk
    for _ in range(2):
        try:
            undo_life(commitment=made, decision=decision, actor=reviewer, day=DAY)
        except NotUndoneError:
            break
    else:
        pytest.fail("undone twice")
    assert Commitment.objects.get(pk=made.pk).status == "partly"


def test_the_page_offers_it_to_who_did_it(client, login, made, settings):
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"
    login("keeper", "view_commitment", "change_commitment")
    page = reverse("admin:commitments_commitment_change", args=[made.pk])
    door = reverse("admin:commitments_commitment_life", args=[made.pk, "undo"])
    assert door not in client.get(page).content.decode()
    client.post(
        reverse("admin:commitments_commitment_life", args=[made.pk, "status"]), {"status": "dropped", "evidence": "x"}
    )
    answer = client.get(page)
    assert door in answer.content.decode()
    keeper = answer.context["user"]
    login("reader", "view_commitment")
    assert client.post(door, {"decision": answer.context["undoable"].pk}).status_code == 403
    assert door not in client.get(page).content.decode()
    assert Commitment.objects.get(pk=made.pk).status == "dropped"
    client.force_login(keeper)
    client.post(door, {"decision": answer.context["undoable"].pk})
    assert Commitment.objects.get(pk=made.pk).status == "partly"
    assert Event.objects.filter(undoes=answer.context["undoable"]).exists()
    again = client.post(door, {"decision": answer.context["undoable"].pk}, follow=True)
    assert "something else was done since" in again.content.decode()
