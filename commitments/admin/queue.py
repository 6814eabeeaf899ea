"""What both queues of the desk have alike: the filters, the order, and what stands before and after one row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from transcripts.models import Document, Mandate, Person

ORDERS = [("document", _("document by document")), ("sure", _("surest first"))]


class QueueForm(forms.Form):
    """The filters of a queue; its lists hold what has rows waiting.

    Where a queue has other filters than these, they are told by `others`.
    """

    person = forms.TypedChoiceField(label=_("Minister"), required=False, coerce=int, empty_value=None)
    portfolio = forms.ChoiceField(label=_("Portfolio"), required=False)
    committee = forms.ChoiceField(label=_("Committee"), required=False)
    document = forms.ChoiceField(label=_("Meeting or document"), required=False)

    # Where a row says who promised, on which day, and in which document it stands.
    to_person: ClassVar[str]
    to_said_on: ClassVar[str]
    to_document: ClassVar[str]

    def __init__(self, data: QueryDict, waiting: QuerySet[Any]) -> None:
        super().__init__(data, auto_id="queue_%s")
        waiting = waiting.order_by()
        people = Person.objects.filter(Exists(waiting.filter(**{self.to_person: OuterRef("pk")})))
        self._offer("person", [(str(one.pk), str(one)) for one in people])
        holders = waiting.filter(**{self.to_person: OuterRef("person")})
        portfolios = Mandate.objects.filter(Exists(holders)).exclude(portfolio="").order_by("portfolio")
        self._offer("portfolio", [(one, one) for one in portfolios.values_list("portfolio", flat=True).distinct()])
        papers = Document.objects.filter(Exists(waiting.filter(**{self.to_document: OuterRef("pk")})))
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
            where &= Q(**{self.to_person: wanted["person"]})
        if wanted.get("portfolio"):
            held = Mandate.objects.filter(
                Q(end__isnull=True) | Q(end__gte=OuterRef(self.to_said_on)),
                portfolio=wanted["portfolio"],
                person=OuterRef(self.to_person),
                start__lte=OuterRef(self.to_said_on),
            )
            where &= Q(Exists(held))
        if wanted.get("committee"):
            where &= Q(**{f"{self.to_document}__meeting__committee": wanted["committee"]})
        if wanted.get("document"):
            where &= Q(**{f"{self.to_document}__uid": wanted["document"]})
        return where & self.others(wanted)

    def others(self, wanted: dict[str, Any]) -> Q:
        return Q()

    @property
    def chosen_order(self) -> str:
        return self.cleaned_data.get("order") or "document"

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields if name != "order")

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row stands in a queue: position from 1, None where it does not wait; its neighbours' ids."""

    position: int | None
    total: int
    previous: int | None
    following: int | None


class Line:
    """What waits, in order, beside one row that is looked at, whether that still waits or not."""

    def __init__(self, ordered: Iterable[tuple[int, bool]]) -> None:
        """ordered: the id of each, and whether it waits."""
        self._waiting: list[int] = []
        self._all: list[int] = []
        for pk, is_waiting in ordered:
            self._all.append(pk)
            if is_waiting:
                self._waiting.append(pk)

    @property
    def first(self) -> int | None:
        return self._waiting[0] if self._waiting else None

    def spot(self, pk: int | None) -> Spot:
        """Return where a row stands; one that does not wait only where the line was made beside it."""
        if pk not in self._all:
            return Spot(None, len(self._waiting), None, self.first)
        here = self._all.index(pk)
        position = self._waiting.index(pk) + 1 if pk in self._waiting else None
        before, after = self._all[:here], self._all[here + 1 :]
        # After the last one, what was left at the beginning.
        following = after[0] if after else (before[0] if before else None)
        return Spot(position, len(self._waiting), before[-1] if before else None, following)


class DeskQueue(Line):
    """A queue as the filters in an address have it; `at` is a row beside it."""

    form: QueueForm


def surest_of(rows: QuerySet[Any], document: str, sureness: str) -> dict[int, float]:
    """Return how sure the surest of each document is, by its id.

    rows: every row that counts for it. A document keeps its place while it is judged: what was judged in it counts too.
    """
    return dict(rows.order_by().values_list(document).annotate(Max(sureness)))
