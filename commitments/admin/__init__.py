"""The review desk and the desk for what is tracked. What changes, changes through a service and leaves an event."""

from functools import partial

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commitments import tasks
from commitments.admin import (  # noqa: F401 - some register their pages
    commitments,
    desk,
    digests,
    follow_ups,
    learning,
    offices,
    proposals,
    tokens,
)
from commitments.admin.filters import DueFilter
from commitments.admin.through_services import ThroughServices, WithHistory
from commitments.forms import ReviewActionForm
from commitments.models import Event, Extraction, Statement
from commitments.services import extraction, review
from commitments.templatetags.promises import day, interval
from tracker.clock import today


@admin.register(Statement)
class StatementAdmin(WithHistory):
    """The review queue. Each change of state goes through services.review."""

    change_list_template = "admin/commitments/statement/change_list.html"
    action_form = ReviewActionForm
    actions = ["accept_selected", "reject_selected", "reopen_selected"]
    list_display = ["words", "said", "deadline", "kind", "sureness", "state"]
    list_filter = ["state", "displaced", "kind", DueFilter, "register", "origin", "said_on"]
    search_fields = ["quote", "summary", "due_text", "speech__person__name", "speech__item__document__title"]
    search_help_text = _("words of the quote or the deadline, a name, a document")
    ordering = ["-confidence", "said_on", "pk"]
    date_hierarchy = "said_on"
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ["desk.css"]}

    fields = [
        ("state", "rejected_because"),
        ("reviewed_by", "reviewed_at"),
        ("kind", "register", "origin"),
        "condition",
        ("addressee", "commitment", "relation"),
        ("due_text", "due_start", "due_end"),
        ("due_precision", "due_modifier", "due_rule"),
        ("repeats", "displaced"),
        "uid",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return (
            super()
            .get_queryset(request)
            .select_related("speech__person", "speech__item__document")
            .defer("speech__text", "speech__item__document__text", "speech__item__document__account_spans", "cues")
        )

    def get_urls(self) -> list:
        return [*proposals.urls(self.admin_site), *super().get_urls()]

    @admin.display(description=_("quote"), ordering="quote")
    def words(self, statement: Statement) -> str:
        return statement.quote if len(statement.quote) < 180 else f"{statement.quote[:170]}…"

    @admin.display(description=_("said"), ordering="said_on")
    def said(self, statement: Statement) -> SafeString:
        """Who, when, and a link to the place in the transcript."""
        document = statement.speech.item.document
        return format_html(
            '{}<br>{}<br><a href="{}#s-{}">{}</a>',
            statement.speech.person or statement.speech.label,
            day(statement.said_on),
            reverse("document", args=[document.uid]),
            statement.uid,
            document,
        )

    @admin.display(description=_("deadline"), ordering="due_end")
    def deadline(self, statement: Statement) -> SafeString | str:
        days = interval(statement)
        if not statement.due_text:
            return days or "–"
        return format_html("<i>“{}”</i><br>{}", statement.due_text, days)

    @admin.display(description=_("sure"), ordering="confidence")
    def sureness(self, statement: Statement) -> str:
        return "–" if statement.confidence is None else f"{statement.confidence:.0%}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """A statement is looked at and judged at the desk; its own address leads there."""
        statement = self.get_object(request, object_id)
        if statement is None or request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(f"{proposals.DESK.place}?at={statement.pk}")

    @admin.action(description=_("Accept the chosen statements"), permissions=["review"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        chosen = queryset.filter(state=Statement.State.PROPOSED)
        desk.one_by_one(request, chosen, lambda one: review.accept(statement=one, actor=request.user, day=today()))

    @admin.action(description=_("Reject the chosen statements, because …"), permissions=["review"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        reason = request.POST.get("reason", "")
        if not reason:
            self.message_user(request, _("Choose a reason beside the action first."), messages.WARNING)
            return
        chosen = queryset.filter(state=Statement.State.PROPOSED)
        desk.one_by_one(
            request, chosen, lambda one: review.reject(statement=one, actor=request.user, day=today(), reason=reason)
        )

    @admin.action(description=_("Put the chosen statements back to proposed"), permissions=["review"])
    def reopen_selected(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        chosen = queryset.exclude(state=Statement.State.PROPOSED)
        desk.one_by_one(request, chosen, lambda one: review.reopen(statement=one, actor=request.user, day=today()))


@admin.register(Event)
class EventAdmin(ThroughServices, admin.ModelAdmin):
    list_display = ["at", "day", "kind", "actor", "commitment", "statement"]
    list_filter = ["kind", "day"]
    list_select_related = ["actor", "commitment", "statement"]
    search_fields = ["commitment__title", "statement__quote"]
    date_hierarchy = "day"


@admin.register(Extraction)
class ExtractionAdmin(ThroughServices, admin.ModelAdmin):
    list_display = ["document", "state", "engine_version", "at", "error"]
    list_filter = ["state", ("error", admin.EmptyFieldListFilter), "engine_version"]
    actions = ["try_again"]
    list_select_related = ["document"]
    search_fields = ["document__title", "document__file_name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Extraction]:
        return super().get_queryset(request).defer("document__text", "document__account_spans")

    @admin.action(description=_("Read the chosen documents again"), permissions=["review"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Extraction]) -> None:
        waiting = extraction.try_again(extractions=queryset)
        for document_id in waiting:
            transaction.on_commit(partial(tasks.extract_document.delay, document_id), robust=True)
        for row in queryset:
            self.log_change(request, row, gettext("Read again"))
        told = ngettext("%(count)d document is read again.", "%(count)d documents are read again.", len(waiting))
        self.message_user(request, told % {"count": len(waiting)})
