"""The queue of the desk: which proposals, in which order, and what stands before and after one of them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from commitments.models import Statement
from transcripts.models import Document, Mandate, Person

ORDERS = [("document", _("document by document")), ("sure", _("surest first"))]
SURE = [(str(percent), f"≥ {percent} %") for percent in (90, 75, 50, 25)]
DATED = [("yes", _("with a date")), ("no", _("without a date"))]


class QueueForm(forms.Form):
    """The filters of the queue; its lists hold what has proposals waiting."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Minister"), required=False, empty_label=_("all"))
    portfolio = forms.ChoiceField(label=_("Portfolio"), required=False)
    committee = forms.ChoiceField(label=_("Committee"), required=False)
    document = forms.ChoiceField(label=_("Meeting or document"), required=False)
    sure = forms.ChoiceField(label=_("Sure"), required=False, choices=[("", _("all")), *SURE])
    dated = forms.ChoiceField(label=_("Deadline"), required=False, choices=[("", _("all")), *DATED])
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="queue_%s")
        waiting = Statement.objects.filter(state=Statement.State.PROPOSED).order_by()
        people = Person.objects.filter(Exists(waiting.filter(speech__person=OuterRef("pk"))))
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        holders = waiting.filter(speech__person=OuterRef("person"))
        portfolios = Mandate.objects.filter(Exists(holders)).exclude(portfolio="").order_by("portfolio")
        self._offer("portfolio", [(one, one) for one in portfolios.values_list("portfolio", flat=True).distinct()])
        papers = Document.objects.filter(Exists(waiting.filter(speech__item__document=OuterRef("pk"))))
        rows = list(papers.order_by("-date", "title").values_list("uid", "title", "date", "meeting__committee"))
        self._offer("committee", [(one, one) for one in sorted({row[3] for row in rows if row[3]})])
        named = [
            (str(uid), f"{date_format(day, 'j.n.Y')} {Truncator(title).chars(60)}") for uid, title, day, _c in rows
        ]
        self._offer("document", named)

    def where(self) -> Q:
        """Return the filters that make sense; one that makes none is said so at its field and does not filter."""
        self.is_valid()
        wanted, where = self.cleaned_data, Q()
        if wanted.get("person"):
            where &= Q(speech__person=wanted["person"])
        if wanted.get("portfolio"):
            held = Mandate.objects.filter(
                Q(end__isnull=True) | Q(end__gte=OuterRef("said_on")),
                portfolio=wanted["portfolio"],
                person=OuterRef("speech__person"),
                start__lte=OuterRef("said_on"),
            )
            where &= Q(Exists(held))
        if wanted.get("committee"):
            where &= Q(speech__item__document__meeting__committee=wanted["committee"])
        if wanted.get("document"):
            where &= Q(speech__item__document__uid=wanted["document"])
        if wanted.get("sure"):
            where &= Q(confidence__gte=int(wanted["sure"]) / 100)
        if wanted.get("dated"):
            undated = Q(due_start__isnull=True, due_end__isnull=True)
            where &= ~undated if wanted["dated"] == "yes" else undated
        return where

    @property
    def surest_first(self) -> bool:
        return self.cleaned_data.get("order") == "sure"

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields if name != "order")

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a statement stands in the queue: position from 1, None where it does not wait; its neighbours' ids."""

    position: int | None
    total: int
    previous: int | None
    following: int | None


class Queue:
    """The queue as the filters in an address have it, beside the statement `at`, whether that still waits or not."""

    def __init__(self, query: QueryDict, at: int | None = None) -> None:
        self.form = QueueForm(query)
        where = self.form.where()
        waits = Q(state=Statement.State.PROPOSED) & where
        rows = Statement.objects.filter(waits | Q(pk=at)) if at else Statement.objects.filter(waits)
        self._waiting: list[int] = []
        self._all: list[int] = []
        for pk, is_waiting in self._in_order(rows.annotate(waits=Q(waits))):
            self._all.append(pk)
            if is_waiting:
                self._waiting.append(pk)

    @property
    def first(self) -> int | None:
        return self._waiting[0] if self._waiting else None

    def spot(self, pk: int | None) -> Spot:
        """Return where a statement stands; one that does not wait only where the queue was made `at` it."""
        if pk not in self._all:
            return Spot(None, len(self._waiting), None, self.first)
        here = self._all.index(pk)
        position = self._waiting.index(pk) + 1 if pk in self._waiting else None
        before, after = self._all[:here], self._all[here + 1 :]
        # After the last one, what was left at the beginning.
        following = after[0] if after else (before[0] if before else None)
        return Spot(position, len(self._waiting), before[-1] if before else None, following)

    def _in_order(self, rows: QuerySet[Statement]) -> list[tuple[int, bool]]:
        named = rows.order_by().values_list(  # type: ignore[misc]
            "pk", "waits", "confidence", "said_on", "start", "speech__position", "speech__item__position",
            "speech__item__document",
        )  # fmt: skip
        if self.form.surest_first:
            # What a person marked has no confidence and goes first.
            found: list[tuple[Any, ...]] = sorted(
                named, key=lambda row: (-2 if row[2] is None else -row[2], row[3], row[0])
            )
        else:
            # A document keeps its place while it is judged: what was judged in it counts as well.
            of_waiting = rows.order_by().values("speech__item__document")
            surest = dict(
                Statement.objects.not_withdrawn()
                .filter(speech__item__document__in=of_waiting)
                .order_by()
                .values_list("speech__item__document")
                .annotate(Max("confidence"))
            )
            found = sorted(named, key=lambda row: (-(surest.get(row[7]) or 0), row[7], row[6], row[5], row[4], row[0]))
        return [(row[0], row[1]) for row in found]
