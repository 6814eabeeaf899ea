"""The queue of proposed statements: which ones, in which order."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.admin.queue import ORDERS, DeskQueue, QueueForm, surest_of
from commitments.models import Statement

SURE = [(str(percent), f"≥ {percent} %") for percent in (90, 75, 50, 25)]
DATED = [("yes", _("with a date")), ("no", _("without a date"))]


class StatementQueueForm(QueueForm):
    """The filters of the queue; its lists hold what has proposals waiting."""

    sure = forms.ChoiceField(label=_("Sure"), required=False, choices=[("", _("all")), *SURE])
    dated = forms.ChoiceField(label=_("Deadline"), required=False, choices=[("", _("all")), *DATED])
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    to_person, to_said_on, to_document = "speech__person", "said_on", "speech__item__document"

    def others(self, wanted: dict[str, Any]) -> Q:
        where = Q()
        if wanted.get("sure"):
            where &= Q(confidence__gte=int(wanted["sure"]) / 100)
        if wanted.get("dated"):
            undated = Q(due_start__isnull=True, due_end__isnull=True)
            where &= ~undated if wanted["dated"] == "yes" else undated
        return where


class StatementQueue(DeskQueue):
    """The queue as the filters in an address have it, beside the statement `at`."""

    def __init__(self, query: QueryDict, at: int | None = None) -> None:
        self.form = StatementQueueForm(query, Statement.objects.filter(state=Statement.State.PROPOSED))
        waits = Q(state=Statement.State.PROPOSED) & self.form.where()
        rows = Statement.objects.filter(waits | Q(pk=at)) if at else Statement.objects.filter(waits)
        super().__init__(self._in_order(rows.annotate(waits=Q(waits))))

    def _in_order(self, rows: QuerySet[Statement]) -> list[tuple[int, bool]]:
        named = rows.order_by().values_list(  # type: ignore[misc]
            "pk", "waits", "confidence", "said_on", "start", "speech__position", "speech__item__position",
            "speech__item__document",
        )  # fmt: skip
        if self.form.chosen_order == "sure":
            # What a person marked has no confidence and goes first.
            found: list[tuple[Any, ...]] = sorted(
                named, key=lambda row: (-2 if row[2] is None else -row[2], row[3], row[0])
            )
        else:
            documents = rows.order_by().values("speech__item__document")
            judged_too = Statement.objects.not_withdrawn().filter(speech__item__document__in=documents)
            surest = surest_of(judged_too, "speech__item__document", "confidence")
            found = sorted(named, key=lambda row: (-(surest.get(row[7]) or 0), row[7], row[6], row[5], row[4], row[0]))
        return [(row[0], row[1]) for row in found]
