"""Whole addresses of pages, for mails and other places outside the site."""

from django.conf import settings
from django.urls import reverse

from commitments.models import Commitment


def site_address(path: str) -> str:
    """Return the whole address of a path that begins with a slash."""
    return f"{settings.SITE_URL}{path}"


def commitment_address(commitment: Commitment) -> str:
    return site_address(reverse("commitment", args=[commitment.uid]))


def review_address() -> str:
    """Where the statements wait that nobody has judged."""
    return site_address(reverse("admin:commitments_statement_desk"))


def follow_ups_address() -> str:
    """Where the follow-ups wait that nobody has judged."""
    return site_address(reverse("admin:commitments_followup_desk"))


def start_address() -> str:
    return site_address(reverse("start"))
