"""What the lists of the admin can be narrowed to."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.services.due import add_months
from tracker.clock import today


class DueFilter(admin.SimpleListFilter):
    title = _("deadline")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("day", str(_("with a last day"))), ("words", str(_("words only"))), ("none", str(_("none spoken")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "day":
            return queryset.filter(due_end__isnull=False)
        if self.value() == "words":
            return queryset.filter(due_end__isnull=True).exclude(due_text="")
        if self.value() == "none":
            return queryset.filter(due_end__isnull=True, due_text="")
        return queryset


class StandingFilter(admin.SimpleListFilter):
    title = _("how it stands")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(code, str(words)) for code, (words, _narrow) in STANDINGS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = STANDINGS.get(self.value() or "")
        return chosen[1](queryset, today()) if chosen else queryset


# How a commitment can stand: what the list calls it, and the question put to the data.
STANDINGS: dict[str, tuple[Promise, Callable[[Any, date], QuerySet]]] = {
    "late": (_("past its date"), lambda rows, day: rows.overdue(day)),
    "soon": (_("due soon"), lambda rows, day: rows.due_soon(day, settings.DUE_SOON_DAYS)),
    "ask": (_("time to ask"), lambda rows, day: rows.time_to_ask(day)),
    "condition": (_("the day of its condition came"), lambda rows, day: rows.condition_came(day)),
    "silent": (
        _("nothing heard for long"),
        lambda rows, day: rows.silent_since(add_months(day, -settings.SILENT_MONTHS), day),
    ),
    "asked": (_("waiting for an answer"), lambda rows, day: rows.waiting_for_answer(day)),
    "unanswered": (_("no answer within the term"), lambda rows, day: rows.term_passed(day)),
    "lapsing": (_("announced to lapse"), lambda rows, day: rows.announced_to_lapse()),
}


class TroubleFilter(admin.SimpleListFilter):
    """Of digests: those of which somebody has to say whether they are sent again."""

    title = _("for somebody to look at")
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", str(_("uncertain or failed, and not told since")))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.in_trouble() if self.value() == "yes" else queryset
