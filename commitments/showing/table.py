"""Commitments as the rows of a table: the words as spoken beside the days they denote."""

from datetime import date

from django.utils.translation import gettext as _

from commitments.links import commitment_address
from commitments.models import Commitment
from commitments.showing.standing import standing


def columns() -> list[str]:
    return [
        _("Promise"),
        _("Words"),
        _("Promised by"),
        _("Portfolio"),
        _("Kind"),
        _("Said on"),
        _("Deadline as spoken"),
        _("First day"),
        _("Last day"),
        _("Ask on"),
        _("Status"),
        _("How it stands"),
        _("Source"),
        _("Address"),
    ]


def row_of(commitment: Commitment, day: date) -> list[str]:
    """One row, of a commitment `with_sources`; days as 2026-03-31, which every spreadsheet knows for a day."""
    outside = commitment.said_outside
    said = commitment.accepted_statements
    return [
        commitment.title,
        commitment.quote,
        str(commitment.person or ""),
        commitment.mandate.portfolio if commitment.mandate else "",
        str(commitment.get_kind_display()),
        _day(commitment.said_on),
        commitment.due_text,
        _day(commitment.due_start),
        _day(commitment.due_end),
        _day(commitment.check_on),
        str(commitment.get_status_display()),
        standing(commitment, day).words,
        outside.source_name if outside else str(said[0].speech.item.document) if said else "",
        commitment_address(commitment),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
