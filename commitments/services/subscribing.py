"""What a subscriber chose: how often, when, in which language, and about what."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import SavedSearch, Subscription, Tag, Topic
from commitments.services import preferring
from commitments.services.errors import RoleError


@dataclass(frozen=True, slots=True)
class About:
    """One topic: a person (id), a label (id), a saved search (id) or words, as its kind wants."""

    kind: str
    person: int | None = None
    label: UUID | None = None
    words: str = ""
    search: UUID | None = None


@transaction.atomic
def choose(*, user: Any, topics: Collection[About], **chosen: Any) -> Subscription:
    """Let somebody's subscription be as chosen (fields of Subscription), with these topics and no others.

    It is made where there is none; the same choice again changes nothing. Raises RoleError for who may not log in and
    for a label of an office one does not work for, ValidationError for a choice that does not exist.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    labels = {one.label for one in topics if one.label is not None}
    if labels - set(Tag.objects.seen_by(user).filter(pk__in=labels).values_list("pk", flat=True)):
        raise RoleError(_("That is no label of your office."))
    searches = {one.search for one in topics if one.search is not None}
    if searches - set(SavedSearch.objects.seen_by(user).filter(pk__in=searches).values_list("pk", flat=True)):
        raise RoleError(_("That is no search of yours."))
    row = Subscription.objects.select_for_update().filter(user=user).first() or Subscription(user=user)
    before = {name: getattr(row, name) for name in chosen}
    for name, value in chosen.items():
        setattr(row, name, value)
    row.full_clean(validate_unique=False)
    if row.pk is None or before != chosen:
        row.save()
    if "language" in chosen:
        preferring.choose_language(user=user, language=row.language)
    wanted = {replace(one, words=" ".join(one.words.split())) for one in topics}
    for topic in row.topics.all():
        there = About(topic.kind, topic.person_id, topic.label_id, topic.words, topic.search_id)
        if there in wanted:
            wanted.remove(there)
        else:
            topic.delete()
    for one in sorted(wanted, key=str):
        _add(row, one)
    return row


@transaction.atomic
def also_tell(*, user: Any, search: SavedSearch, language: str) -> Subscription:
    """Let somebody's mail tell of what a saved search finds, too. Who has no mail yet gets one about that alone.

    A mail that is about everything stays so. Raises RoleError for another's search.
    """
    if not user.is_active or search.user_id != user.pk:
        raise RoleError(_("That is no search of yours."))
    row = Subscription.objects.select_for_update().filter(user=user).first()
    if row is None:
        row = Subscription(user=user, everything=False, language=language)
        row.full_clean(validate_unique=False)
        row.save()
    if not row.topics.filter(search=search).exists():
        _add(row, About(Topic.Kind.SEARCH, search=search.pk))
    return row


def _add(row: Subscription, one: About) -> None:
    Topic.objects.create(
        subscription=row,
        kind=Topic.Kind(one.kind),
        person_id=one.person,
        label_id=one.label,
        words=one.words,
        search_id=one.search,
    )
