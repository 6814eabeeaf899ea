"""Who sees what still waits for a person, and what was rejected."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def sees_review(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Proposals and rejections are the office's own work: the same permission opens them at the desk and on a page."""
    return user.has_perm("commitments.view_statement")  # type: ignore[union-attr]
