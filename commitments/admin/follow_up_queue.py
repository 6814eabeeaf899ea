"""The queue of proposed follow-ups: which ones, in which order."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.admin.queue import ORDERS, DeskQueue, QueueForm, surest_of
from commitments.engine.followups import Certainty
from commitments.models import FollowUp

FOLLOW_UP_ORDERS = [*ORDERS, ("commitment", _("promise by promise"))]
SUREST = {step.value: at for at, step in enumerate(Certainty)}
State = FollowUp.State


class FollowUpQueueForm(QueueForm):
    """The filters of the queue; its lists hold what has follow-ups waiting.

    Minister and portfolio are those of the promise, committee and meeting those of the later item.
    """

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *FollowUp.Kind.choices])
    certainty = forms.ChoiceField(
        label=_("Sure"), required=False, choices=[("", _("all")), *FollowUp.Certainties.choices]
    )
    order = forms.ChoiceField(label=_("Order"), required=False, choices=FOLLOW_UP_ORDERS)
    commitment = forms.UUIDField(required=False, widget=forms.HiddenInput())

    to_person, to_said_on, to_document = "commitment__person", "commitment__said_on", "item__document"

    def others(self, wanted: dict[str, Any]) -> Q:
        where = Q()
        for name in ("kind", "certainty"):
            if wanted.get(name):
                where &= Q(**{name: wanted[name]})
        if self.one is not None:
            where &= Q(commitment__uid=self.one)
        return where

    @property
    def one(self) -> UUID | None:
        """The commitment to which the queue is narrowed, by its permanent id."""
        return self.cleaned_data.get("commitment")


class FollowUpQueue(DeskQueue):
    """The queue as the filters in an address have it, beside the follow-up `at`."""

    def __init__(self, query: QueryDict, at: int | None = None) -> None:
        self.form: FollowUpQueueForm = FollowUpQueueForm(query, FollowUp.objects.filter(state=State.PROPOSED))
        waits = Q(state=State.PROPOSED) & self.form.where()
        rows = FollowUp.objects.filter(waits | Q(pk=at)) if at else FollowUp.objects.filter(waits)
        super().__init__(self._in_order(rows.annotate(waits=Q(waits))))

    def _in_order(self, rows: QuerySet[FollowUp]) -> list[tuple[int, bool]]:
        named = rows.order_by().values_list(  # type: ignore[misc]
            "pk", "waits", "certainty", "score", "item__document", "item__position", "commitment",
            "item__document__date",
        )  # fmt: skip
        if self.form.chosen_order == "sure":
            found: list[tuple[Any, ...]] = sorted(named, key=_how_sure)
        elif self.form.chosen_order == "commitment":
            found = sorted(named, key=lambda row: (row[6], row[7], row[4], row[5], row[0]))
        else:
            documents = rows.order_by().values("item__document")
            judged_too = FollowUp.objects.exclude(state=State.WITHDRAWN).filter(item__document__in=documents)
            surest = surest_of(judged_too, "item__document", "score")
            found = sorted(named, key=lambda row: (-(surest.get(row[4]) or 0), row[4], row[5], *_how_sure(row)))
        return [(row[0], row[1]) for row in found]


def _how_sure(row: tuple[Any, ...]) -> tuple[float, float, int]:
    """Sort by certainty, then score; what a person added has neither and goes first."""
    return SUREST.get(row[2], -1), -2 if row[3] is None else -row[3], row[0]
