"""Questions that a test puts to a house from outside: python -m tests.service.questions NAME [ARGUMENT…]."""

import json
import sys
from typing import Any

import django


def content() -> dict[str, list[Any]]:
    """Everything that follows from the documents, without the numbers and times that differ from house to house."""
    from commitments.models import Commitment, Digest, Event, Statement
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
        "events": Event.objects.values_list(
            "day", "kind", "actor__username", "statement__quote", "commitment__title", "about_day", "before", "after"
        ),
        "digests": Digest.objects.values_list("week", "subscription__user__username"),
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


def send(entry: str) -> str:
    """Queue a task of the beat's table, as the beat does."""
    from tracker.beat import BEAT_SCHEDULE
    from tracker.celery import app

    return str(app.send_task(BEAT_SCHEDULE[entry]["task"]).id)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
