"""A queue of the desk as tests go through it: what is shown, what is decided, what is undone."""

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from commitments.models import Event, FollowUp, Statement

FETCHED = {"x-requested-with": "fetch"}


def version_of(row: Statement | FollowUp) -> int:
    """What a page that shows this row now has seen of it."""
    return row.events.order_by("-pk").values_list("pk", flat=True).first() or 0


class Desk:
    """The queue whose addresses are admin:<name>_desk, _undo and _decide; row_name: what its page calls a row."""

    def __init__(self, name: str, model: type[Model], row_name: str) -> None:
        self.name, self.model, self.row_name = name, model, row_name
        self.address = reverse(f"admin:{name}_desk")

    def decide(self, client: Client, row, verb: str, *, seen: int | None = None, query: str = "", **given):
        """Send a decision on what was `seen` of a row; on what it says now where nothing is given."""
        address = reverse(f"admin:{self.name}_decide", args=[row.pk, verb]) + query
        return client.post(address, {"seen": version_of(row) if seen is None else seen} | given, headers=FETCHED)

    def take_back(self, client: Client, decision: Event | None = None):
        chosen = decision or Event.objects.filter(restores__isnull=False, undone_by__isnull=True).latest("pk")
        return client.post(reverse(f"admin:{self.name}_undo"), {"decision": chosen.pk}, headers=FETCHED)

    def shown(self, answer):
        assert answer.status_code == 200
        return answer.context[self.row_name]

    def queue_of(self, client: Client, **filters) -> list[int]:
        """The ids in the order in which `next` leads through the queue."""
        found, at = [], self.shown(client.get(self.address, filters))
        while at is not None and at.pk not in found:
            found.append(at.pk)
            following = client.get(self.address, filters | {"at": at.pk}).context["spot"].following
            at = self.model.objects.filter(pk=following).first()
        return found
