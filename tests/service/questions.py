"""Questions that a test puts to a house from outside: python -m tests.service.questions NAME [ARGUMENT…]."""

import json
import sys
from typing import Any

import django


def content() -> dict[str, list[Any]]:
    """Everything that follows from the documents, without the numbers and times that differ from house to house."""
    from commitments.models import Commitment, Digest, Event, FollowUp, Statement
    from transcripts.models import Document, Mandate, PersonName, Question, Speech

    due = ("due_text", "due_start", "due_end", "due_precision", "due_modifier", "due_rule")
    told = {
        "documents": Document.objects.values_list(
            "file_name", "sha256", "kind", "title", "date", "meeting__number", "account", "warnings", "text"
        ),
        "names": PersonName.objects.values_list("key", "person__name", "person__family_name"),
        "mandates": Mandate.objects.values_list("person__name", "title", "portfolio", "start", "end"),
        "questions": Question.objects.values_list(
            "number", "session", "subject", "asker__name", "addressee__name", "item__title"
        ),
        "speeches": Speech.objects.values_list(
            "item__document__file_name", "item__position", "position", "person__name", "label", "capacity", "party",
            "text", "pieces", "notes", "start", "end", "page",
        ),
        "statements": Statement.objects.values_list(
            "speech__item__document__file_name", "speech__start", "start", "end", "quote", "said_on", "register",
            "kind", "condition", "summary", "addressee__name", "confidence", "cues", "due_at", "doubts",
            "repeats__quote", "state", "relation", "commitment__title", *due,
        ),
        "commitments": Commitment.objects.values_list(
            "title", "kind", "person__name", "mandate__portfolio", "said_on", "status", "check_on", *due
        ),
        "follow_ups": FollowUp.objects.values_list(
            "commitment__title", "item__document__file_name", "item__position", "kind", "state", "quote", *due
        ),
        "events": Event.objects.values_list(
            "day", "kind", "actor__username", "statement__quote", "commitment__title", "about_day", "before", "after"
        ),
        "digests": Digest.objects.values_list("period", "rhythm", "subscription__user__username"),
    }  # fmt: skip
    return {name: sorted(json.dumps(row, default=str, sort_keys=True) for row in rows) for name, rows in told.items()}


def review() -> int:
    """Let "an", who is subscribed, accept what the engine is sure of; return how many."""
    from django.contrib.auth.models import User

    from commitments.models import Statement, Subscription
    from commitments.services import review
    from tracker.clock import today

    an = User.objects.create_user("an", email="an@example.org")
    Subscription.objects.create(user=an)
    sure = Statement.objects.waiting().filter(confidence__gte=0.8)
    sure = sure.order_by("speech__item__document__file_name", "speech__start", "start")
    for statement in sure:
        review.accept(statement=statement, actor=an, day=today())
    return len(sure)


def unsure() -> str:
    """The statement the engine is least sure of; `review` leaves it alone."""
    from commitments.models import Statement

    statement = Statement.objects.waiting().last()
    assert statement is not None
    return str(statement.uid)


def judge(name: str, uid: str) -> str:
    """Accept a statement in somebody's name, if nobody was first."""
    from django.contrib.auth.models import User

    from commitments.models import Statement
    from commitments.services import review
    from tracker.clock import today

    user, _ = User.objects.get_or_create(username=name)
    try:
        review.accept(statement=Statement.objects.get(uid=uid), actor=user, day=today())
    except review.AlreadyJudgedError:
        return "too late"
    return "accepted"


def followed() -> str:
    """A proposed follow-up, of the promise the engine is surest of."""
    from django.contrib.auth.models import User

    from commitments.models import FollowUp, Statement
    from commitments.services import review
    from tracker.clock import today
    from transcripts.models import AgendaItem

    user, _ = User.objects.get_or_create(username="eva")
    statement = Statement.objects.waiting().first()
    assert statement is not None
    made = review.accept(statement=statement, actor=user, day=today())
    later = AgendaItem.objects.exclude(pk=statement.speech.item_id).exclude(follow_ups__commitment=made)
    row = FollowUp.objects.create(commitment=made, item=later.order_by("-document__date", "pk")[0], score=0.9)
    return str(row.uid)


def judge_follow_up(name: str, uid: str) -> str:
    """Judge a follow-up in somebody's name as it was seen before anybody did, if nobody was first."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from commitments.models import FollowUp
    from commitments.services import tracking
    from commitments.services.errors import ServiceError
    from commitments.services.judging import hold_follow_up
    from commitments.services.tracking import Closing
    from tracker.clock import today

    user, _ = User.objects.get_or_create(username=name)
    row = FollowUp.objects.get(uid=uid)
    given = {"kind": "done", "closing": Closing(status="fulfilled", evidence="verslag")} if name == "bo" else {}
    try:
        with transaction.atomic():
            hold_follow_up(follow_up=row, seen=0)
            tracking.confirm_follow_up(follow_up=row, actor=user, day=today(), **given)
    except ServiceError:
        return "too late"
    return "confirmed"


def waiting() -> list[int]:
    """Ids of the documents that are not read or not compared yet."""
    from commitments.services import extraction, following

    return sorted({*extraction.to_read(), *following.to_follow()})


def subscribe(number: str) -> int:
    """Claim a digest for each of so many new subscribers: s0@example.org, s1@example.org …; return how many."""
    from django.contrib.auth.models import User

    from commitments.models import Digest, Subscription
    from tracker.clock import today

    users = User.objects.bulk_create(
        User(username=f"s{at}", email=f"s{at}@example.org", password="!") for at in range(int(number))
    )
    subscriptions = Subscription.objects.bulk_create(Subscription(user=user) for user in users)
    items = {"day": today().isoformat(), "waiting": 0, "last_report": None}
    return len(
        Digest.objects.bulk_create(Digest(subscription=one, period=today(), items=items) for one in subscriptions)
    )


def subscribe_offices(number: str, told: str) -> int:
    """Make so many subscribers, of offices with rows of their own, to so many promises; nothing is claimed yet."""
    from tests.mailing import subscribers

    return subscribers.subscribe(int(number), told=int(told))


def send_subscribed() -> int:
    """Send what is claimed and whose time has come, and tell by how many kilobytes the process grew after a tenth."""
    import resource

    from commitments.models import Digest
    from commitments.services import sending

    waiting = list(Digest.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True))
    tenth = max(1, len(waiting) // 10)
    sending.send(waiting[:tenth])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sending.send(waiting[tenth:])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def ways() -> dict[str, list[str]]:
    """The addresses of the digests by how far each came; what waits for its time gets it."""
    from commitments.models import Digest

    found: dict[str, list[str]] = {}
    for state, address in Digest.objects.order_by("pk").values_list("state", "subscription__user__email"):
        found.setdefault(state, []).append(address)
    Digest.objects.update(next_attempt_at=None)
    return found


def send(entry: str) -> str:
    """Queue a task of the beat's table, as the beat does."""
    from tracker.beat import BEAT_SCHEDULE
    from tracker.celery import app

    return str(app.send_task(BEAT_SCHEDULE[entry]["task"]).id)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
