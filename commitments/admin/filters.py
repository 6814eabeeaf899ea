"""What the lists of the admin can be narrowed to."""

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
        return [
            ("late", str(_("past its date"))),
            ("soon", str(_("due soon"))),
            ("ask", str(_("time to ask"))),
            ("asked", str(_("waiting for an answer"))),
            ("silent", str(_("no answer within the term"))),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = today()
        if self.value() == "late":
            return queryset.overdue(now)  # type: ignore[attr-defined]
        if self.value() == "soon":
            return queryset.due_soon(now, settings.DUE_SOON_DAYS)  # type: ignore[attr-defined]
        if self.value() == "ask":
            return queryset.time_to_ask(now)  # type: ignore[attr-defined]
        if self.value() == "asked":
            return queryset.waiting_for_answer(now)  # type: ignore[attr-defined]
        if self.value() == "silent":
            return queryset.term_passed(now)  # type: ignore[attr-defined]
        return queryset
