"""Who sees what still waits for a person, and what was rejected."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from commitments.models import Commitment, Event, FollowUp
from commitments.roles import works_at_desk

# Steps of the review itself: the office's own work, not part of what anyone sees of a promise.
OF_THE_DESK = (
    Event.Kind.PROPOSED,
    Event.Kind.REJECTED,
    Event.Kind.REOPENED,
    Event.Kind.SPLIT,
    Event.Kind.FOLLOW_UP_JUDGED,
    Event.Kind.FOLLOW_UP_PROPOSED,
    Event.Kind.FOLLOW_UP_CORRECTED,
)


def public_follow_ups() -> QuerySet[FollowUp]:
    """What anyone sees of them: those that a person confirmed, of what anyone may see."""
    return FollowUp.objects.filter(state=FollowUp.State.CONFIRMED, commitment__in=Commitment.objects.published())


def public_events() -> QuerySet[Event]:
    """What anyone sees of them: those of what anyone may see, without the steps of the review."""
    rows = Event.objects.filter(commitment__in=Commitment.objects.published()).exclude(kind__in=OF_THE_DESK)
    return rows.filter(Q(follow_up__isnull=True) | Q(follow_up__state=FollowUp.State.CONFIRMED))


def sees_review(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Proposals and rejections are the office's own work: the same permission opens them at the desk and on a page."""
    return user.has_perm("commitments.view_statement")  # type: ignore[union-attr]


def may_judge(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who decides on proposals: Django's change permission on statements says so."""
    return user.has_perm("commitments.change_statement")  # type: ignore[union-attr]


def may_mark(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who makes a statement of words in a transcript: who is at the desk and may add statements, or decide on them."""
    may_add = user.has_perm("commitments.add_statement") or may_judge(user)  # type: ignore[union-attr]
    return may_add and works_at_desk(user)  # type: ignore[arg-type]


def sees_follow_ups(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who looks at the desk for follow-ups: Django's view or change permission on them says so."""
    return user.has_perm("commitments.view_followup") or may_judge_follow_ups(user)  # type: ignore[union-attr]


def may_judge_follow_ups(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who decides on follow-ups and searches for them: Django's change permission on them says so."""
    return user.has_perm("commitments.change_followup")  # type: ignore[union-attr]
