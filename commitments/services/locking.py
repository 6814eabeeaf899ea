"""One row in hand: locked for the time of a transaction, and given back to who asked."""

from django.db import models

from commitments.models import Commitment


def lock(commitment: Commitment) -> Commitment:
    """Return the commitment as it stands now, locked until the transaction ends."""
    return Commitment.objects.select_for_update().get(pk=commitment.pk)


def show(given: models.Model, row: models.Model) -> None:
    """Let the caller's object say what the row now says."""
    for field in row._meta.concrete_fields:
        setattr(given, field.attname, getattr(row, field.attname))
