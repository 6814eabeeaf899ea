"""Searches that somebody keeps: named, kept, removed. One's own row; it tells nobody else anything."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import SavedSearch
from commitments.models.searches import LONGEST_NAME, LONGEST_QUERY
from commitments.services.errors import RoleError, ServiceError
from tracker.clock import moment

MOST = 50  # searches of one person


@transaction.atomic
def keep(*, user: Any, name: str, query: str) -> SavedSearch:
    """Keep a search (as `searches.query_of` spells it) under a name; one that is kept already gets the new name.

    Raises RoleError for who may not log in; ServiceError without a name, for a search of nothing, and for one too many.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ServiceError(_("Give the search a name of at most %(most)d characters.") % {"most": LONGEST_NAME})
    if not query or len(query) > LONGEST_QUERY:
        raise ServiceError(_("There is nothing in this search to keep."))
    list(User.objects.select_for_update().filter(pk=user.pk))  # two at once are counted one after the other
    mine = SavedSearch.objects.seen_by(user)
    row = mine.filter(query=query).first()
    if row is None:
        if mine.count() >= MOST:
            raise ServiceError(_("You keep %(most)d searches: remove one first.") % {"most": MOST})
        return SavedSearch.objects.create(user=user, name=name, query=query, made_at=moment())
    if row.name != name:
        row.name = name
        row.save(update_fields=["name"])
    return row


@transaction.atomic
def remove(*, search: SavedSearch, actor: Any) -> None:
    """Forget a search of one's own, and tell of it in no mail. Raises RoleError for another's."""
    row = SavedSearch.objects.seen_by(actor).filter(pk=search.pk).first()
    if row is None:
        raise RoleError(_("That is no search of yours."))
    row.delete()
