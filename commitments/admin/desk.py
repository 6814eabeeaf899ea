"""What the queues of the desk do alike: show one row, decide on it, undo, go on to the next; and judging many at once.

Without scripts each decision is a form and a redirect; with desk.js the same forms are sent by keys, and the answer is
the part of the page that changed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commitments.admin.asked import NONE, OF_ONE, address_of, at_of, filters_of, is_fetched, number, seen_by
from commitments.admin.queue import DeskQueue, Spot
from commitments.models import Event, FollowUp, Statement
from commitments.services.errors import DeadlineNotReadError, NotAllowedError, NotHereError, ServiceError
from tracker.clock import today

Row = TypeVar("Row", Statement, FollowUp)
# What can be said better in the form that was sent; anything else is told beside what the row says now.
SAID_IN_THE_FORM = (DeadlineNotReadError, NotAllowedError, NotHereError)


def no_words(row: Model, data: Any = None) -> Form:
    """The form of a verb that asks for nothing but the verb."""
    return Form(data)


@dataclass(frozen=True, slots=True)
class Verb:
    """One way to decide.

    act: (row, actor, day, valid form) → what is said of it. form: (row, data) → its form, None where the row no longer
    takes this verb. stays: the row waits for its verdict still, and is shown again.
    """

    act: Callable[[Any, Any, date, Any], str]
    form: Callable[[Any, Any], Form | None] = no_words
    stays: bool = False


class Desk(ABC, Generic[Row]):
    """A queue of the desk. Its addresses are admin:<name>_desk, _undo and _decide."""

    name: ClassVar[str]
    folder: ClassVar[str]  # of its templates, desk.html and `part`
    part: ClassVar[str]  # the template of one row, which desk.js replaces
    row_name: ClassVar[str]  # what the templates call a row
    title: ClassVar[Promise]
    model: ClassVar[type[Model]]
    queue: ClassVar[Callable[..., DeskQueue]]
    verbs: ClassVar[Mapping[str, Verb]]
    not_offered: ClassVar[Promise | str] = ""  # said where a verb has no form for the row

    @abstractmethod
    def may_look(self, user: Any) -> bool: ...

    @abstractmethod
    def may_judge(self, user: Any) -> bool: ...

    @abstractmethod
    def find(self, pk: int | None) -> Row | None:
        """Return a row with all that the page shows of it, its `version` among that (services.judging.newest_event)."""

    @abstractmethod
    def hold(self, row: Row, seen: int) -> object:
        """Lock the row for a decision on what somebody saw of it. Raises ChangedMeanwhileError."""

    @abstractmethod
    def undoable(self, user: Any) -> QuerySet[Event]: ...

    @abstractmethod
    def undo(self, decision: Event, actor: Any, day: date) -> Row | None: ...

    @abstractmethod
    def about(self, request: HttpRequest, row: Row) -> dict[str, Any]:
        """What the page shows of one row, forms included."""

    @abstractmethod
    def beside(self, request: HttpRequest, queue: DeskQueue, row: Row | None) -> dict[str, Any]:
        """What the page shows beside the row: how many wait in the other queue (`other_waiting`)."""

    def urls(self, site: admin.AdminSite) -> list[URLPattern]:
        view = site.admin_view
        return [
            path("desk/", view(require_safe(self.show)), name=f"{self.name}_desk"),
            path("desk/undo/", view(require_POST(self.take_back)), name=f"{self.name}_undo"),
            path("desk/<int:pk>/<str:verb>/", view(require_POST(self.decide)), name=f"{self.name}_decide"),
        ]

    @property
    def place(self) -> str:
        return reverse(f"admin:{self.name}_desk")

    def address(self, request: HttpRequest, pk: int | None) -> str:
        """Return the address of the desk with its filters, at one row."""
        return address_of(request, self.place, pk)

    def show(self, request: HttpRequest, at: int | None = None, **shown: Any) -> HttpResponse:
        """One row of the queue: the one in the address, else the first that waits."""
        if not self.may_look(request.user):
            raise PermissionDenied
        at = at_of(request) if at is None else at
        queue = self.queue(request.GET, at)
        row = self.find(at) or self.find(queue.first)
        spot = queue.spot(row.pk if row else None)
        judges = self.may_judge(request.user)
        context = {
            **admin.site.each_context(request),
            "title": self.title,
            "subtitle": None,
            "opts": self.model._meta,
            "queue": queue.form,
            "spot": spot,
            "filters": filters_of(request),
            "kept": [(name, value) for name, value in request.GET.items() if name not in OF_ONE],
            "desk_address": self.place,
            "address": self.address(request, row.pk if row else None),
            "may_judge": judges,
            "undoable": self.undoable(request.user).first() if judges else None,
            "undo_address": reverse(f"admin:{self.name}_undo"),
            "only_part": is_fetched(request),
            "row": row,
            self.row_name: row,
            **self.beside(request, queue, row),
            **(self._around(request, row, spot) | self.about(request, row) if row else {}),
            **shown,
        }
        return render(request, f"{self.folder}/{self.part if is_fetched(request) else 'desk.html'}", context)

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One decision on one row, on what was seen of it; then the next, or the same with what was wrong."""
        if verb not in self.verbs:
            raise Http404
        if not self.may_judge(request.user):
            raise PermissionDenied
        row = self.find(pk)
        if row is None:
            messages.warning(request, _("This proposal is no longer there."))
            return self._go(request, None)
        chosen = self.verbs[verb]
        form = chosen.form(row, request.POST)
        if form is None:
            messages.warning(request, str(self.not_offered))
            return self._go(request, pk)
        following = self.queue(request.GET, pk).spot(pk).following
        if form.is_valid():
            try:
                with transaction.atomic():
                    self.hold(row, seen_by(request))
                    said = chosen.act(row, request.user, today(), form)
            except SAID_IN_THE_FORM as error:
                form.add_error(None, str(error))
            except ServiceError as error:
                messages.warning(request, str(error))
                return self._go(request, pk)
            else:
                messages.success(request, said)
                return self._go(request, pk if chosen.stays else following)
        return self.show(request, at=pk, **{f"{verb}_form": form, "open": verb})

    def take_back(self, request: HttpRequest) -> HttpResponse:
        """Undo the decision of this person that the page named, and show its row again."""
        if not self.may_judge(request.user):
            raise PermissionDenied
        chosen = number(request.POST.get("decision", ""))
        decision = Event.objects.filter(pk=chosen).first() if chosen else None
        if decision is None:
            messages.warning(request, _("There is nothing of yours to undo."))
            return self._go(request, None)
        pk = getattr(decision, f"{self.row_name}_id")
        try:
            left = self.undo(decision, request.user, today())
        except ServiceError as error:
            messages.warning(request, str(error))
        else:
            pk = left.pk if left else None
            messages.success(request, _("Undone: %(what)s.") % {"what": decision.get_kind_display()})
        return self._go(request, pk)

    def _around(self, request: HttpRequest, row: Row, spot: Spot) -> dict[str, Any]:
        return {
            "version": row.version,  # type: ignore[attr-defined]  # annotated by find
            "previous": self.address(request, spot.previous) if spot.previous else None,
            "following": self.address(request, spot.following) if spot.following else None,
            "open": "",
        }

    def _go(self, request: HttpRequest, pk: int | None) -> HttpResponse:
        """Show a row, or the first that waits: in the same answer to a script, else by another address."""
        if not is_fetched(request):
            return HttpResponseRedirect(self.address(request, pk))
        return self.show(request, at=pk or NONE)


def one_by_one(request: HttpRequest, rows: Iterable[Any], verb: Callable[[Any], object]) -> None:
    """Judge one by one, each in its own transaction, and say how many."""
    done = 0
    for row in rows:
        try:
            verb(row)
        except ServiceError as error:
            messages.warning(request, str(error))
        else:
            done += 1
    said = _("Judged: %(done)d.") % {"done": done}
    messages.add_message(request, messages.SUCCESS if done else messages.WARNING, said)
