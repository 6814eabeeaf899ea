"""Two people who are one: everything of the one becomes the other's."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from transcripts.models import Mandate, Person, PersonMerge, PersonName
from transcripts.parsing import names
from transcripts.services.fitting import fit
from transcripts.services.moving import hanging, move_everything


class CannotMergeError(ValueError):
    """These people cannot be merged; the message says why."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Who is left, whose names it took over, and what moved: how many of which kind."""

    person: Person
    names: tuple[str, ...]
    moved: Counter[str]


@dataclass(frozen=True, slots=True)
class Belongings:
    """A person and what hangs on it: how many of which kind."""

    person: Person
    counts: dict[str, int]


def belongings(persons: Iterable[Person]) -> list[Belongings]:
    """Say what a merge would move, person by person. Changes nothing."""
    return [Belongings(person, dict(hanging(person))) for person in persons]


def merge(*, into: Person, others: Iterable[Person], actor: Any) -> Merged:
    """Let `others` be `into`: whatever they said, asked, held, promised and were called is now of that person.

    1. Lock all of them.
    2. A mandate that both held from the same day for the same portfolio becomes one.
    3. Move every row that points at the others, in this room and in any other; keep their names as spellings.
    4. Delete the others, and note who did it and what moved; their permanent ids lead to `into` from then on.
    All of it or nothing. It cannot be undone, only told.
    """
    with transaction.atomic():
        ids = {one.pk for one in others} - {into.pk}
        locked = {
            one.pk: one for one in Person.objects.select_for_update().filter(pk__in=[into.pk, *ids]).order_by("pk")
        }
        if into.pk not in locked or len(locked) != len(ids) + 1:
            raise CannotMergeError(_("One of these people is no longer there."))
        if not ids:
            raise CannotMergeError(_("Two people or more can be merged, not one."))
        into = locked.pop(into.pk)
        moved: Counter[str] = Counter()
        for other in locked.values():
            _join_mandates(other, into)
            _keep_name(other)
            gone = move_everything(other, into)
            moved += gone
            said = _("Merged into “%(person)s” (%(uid)s): %(moved)s.") % {
                "person": into.name,
                "uid": into.uid,
                "moved": told(gone),
            }
            _log(other, actor, DELETION, said)
            PersonMerge.objects.create(uid=other.uid, name=other.name, person=into, actor=actor, moved=dict(gone))
            other.delete()
        called = tuple(one.name for one in locked.values())
        said = _("Merged with %(names)s; moved: %(moved)s.") % {
            "names": ", ".join(f"“{name}”" for name in called),
            "moved": told(moved),
        }
        _log(into, actor, CHANGE, said)
    return Merged(into, called, moved)


def told(moved: Counter[str]) -> str:
    """Return what moved in words: "mandates: 1, speeches: 3"."""
    return ", ".join(f"{kind}: {count}" for kind, count in sorted(moved.items())) or _("nothing")


def _join_mandates(other: Person, into: Person) -> None:
    mine = {(one.portfolio, one.start): one for one in Mandate.objects.of(into)}
    for mandate in Mandate.objects.of(other):
        same = mine.get((mandate.portfolio, mandate.start))
        if same is None:
            continue
        if mandate.registered and not same.registered:
            same.title, same.end, same.source, same.registered = mandate.title, mandate.end, mandate.source, True
            same.save()
        move_everything(mandate, same)
        mandate.delete()


def _keep_name(person: Person) -> None:
    """Keep the name the person goes by among its spellings, so that documents still to come find the right one."""
    key = fit(PersonName, "key", names.fold(person.name))
    PersonName.objects.get_or_create(
        key=key, defaults={"person": person, "spelling": fit(PersonName, "spelling", person.name)}
    )


def _log(person: Person, actor: Any, flag: int, said: str) -> None:
    LogEntry.objects.log_actions(actor.pk, [person], flag, said, single_object=True)
