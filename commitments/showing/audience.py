"""Who sees what still waits for a person, and what was rejected."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def sees_review(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Proposals and rejections are the office's own work: the same permission opens them at the desk and on a page."""
    return user.has_perm("commitments.view_statement")  # type: ignore[union-attr]


def may_judge(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who decides on proposals: Django's change permission on statements says so."""
    return user.has_perm("commitments.change_statement")  # type: ignore[union-attr]


def may_mark(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who makes a statement of words in a transcript: staff that may add statements, or decide on them."""
    return bool(user.is_staff) and (user.has_perm("commitments.add_statement") or may_judge(user))  # type: ignore[union-attr]
