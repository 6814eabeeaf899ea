"""The review desk and the desk for what is tracked. What changes, changes through a service and leaves an event."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from commitments.admin import commitments, desk, learning, offices, proposals  # noqa: F401 - some register their pages
from commitments.admin.filters import DueFilter
from commitments.admin.through_services import ThroughServices, WithHistory
from commitments.forms import ReviewActionForm
from commitments.models import Digest, Event, Extraction, FollowUp, Statement
from commitments.services import review, tracking
from commitments.templatetags.promises import day, interval
from tracker.clock import today


@admin.register(Statement)
class StatementAdmin(WithHistory):
    """The review queue. Each change of state goes through services.review."""

    change_form_template = "admin/commitments/statement/change_form.html"
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
        judge = require_POST(self.admin_site.admin_view(self.judge))
        return [
            *proposals.urls(self.admin_site),
            path("<int:pk>/review/<str:verb>/", judge, name="commitments_statement_review"),
            *super().get_urls(),
        ]

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
        statement = self.get_object(request, object_id)
        shown = dict(extra_context or {})
        if statement is not None:
            shown = self._context(request, statement) | shown
        return super().change_view(request, object_id, form_url, shown)

    def judge(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """One verdict on one statement; afterwards the next one that waits."""
        statement = get_object_or_404(self.get_queryset(request), pk=pk)
        if verb not in desk.SERVICES:
            raise Http404
        if not self.has_review_permission(request):
            raise PermissionDenied
        forms = desk.judge(request, statement, verb)
        if forms is not None:
            request.method = "GET"  # the page is shown again, with what was wrong
            return self.change_view(request, str(pk), extra_context={"forms": forms})
        following = desk.next_waiting(statement) if verb in ("accept", "reject") else statement
        if following is None:
            return HttpResponseRedirect(reverse("admin:commitments_statement_changelist"))
        return HttpResponseRedirect(reverse("admin:commitments_statement_change", args=[following.pk]))

    def _context(self, request: HttpRequest, statement: Statement) -> dict[str, object]:
        return {
            **desk.what_the_reviewer_sees(statement),
            "forms": desk.forms_for(statement),
            "may_review": self.has_review_permission(request),
            "following": desk.next_waiting(statement),
            "title": _("Review"),
            "subtitle": None,
        }

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


@admin.register(FollowUp)
class FollowUpAdmin(WithHistory):
    list_display = ["commitment", "item", "kind", "state", "score"]
    list_filter = ["state", "kind"]
    list_select_related = ["commitment", "item"]
    search_fields = ["commitment__title", "item__title", "item__questions__number"]
    autocomplete_fields = ["commitment", "item"]
    fields = ["commitment", "item", "kind", "note"]
    actions = ["confirm_selected", "dismiss_selected"]

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("commitments.add_followup")

    @admin.action(description=_("Confirm the chosen follow-ups"), permissions=["review"])
    def confirm_selected(self, request: HttpRequest, queryset: QuerySet[FollowUp]) -> None:
        confirm = tracking.confirm_follow_up
        desk.one_by_one(request, queryset, lambda one: confirm(follow_up=one, actor=request.user, day=today()))

    @admin.action(description=_("Dismiss the chosen follow-ups"), permissions=["review"])
    def dismiss_selected(self, request: HttpRequest, queryset: QuerySet[FollowUp]) -> None:
        dismiss = tracking.dismiss_follow_up
        desk.one_by_one(request, queryset, lambda one: dismiss(follow_up=one, actor=request.user, day=today()))

    def save_model(self, request: HttpRequest, obj: FollowUp, form: ModelForm, change: bool) -> None:
        """A follow-up that a person adds goes through the service, which confirms it and leaves an event."""
        row = tracking.add_follow_up(
            commitment=obj.commitment, actor=request.user, day=today(), item=obj.item, kind=obj.kind, note=obj.note
        )
        obj.pk = row.pk


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
    list_filter = ["state", "engine_version"]
    list_select_related = ["document"]
    search_fields = ["document__title", "document__file_name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Extraction]:
        return super().get_queryset(request).defer("document__text", "document__account_spans")


@admin.register(Digest)
class DigestAdmin(ThroughServices, admin.ModelAdmin):
    """When each went out, and not what it told: part of that is the subscriber's office's own."""

    fields = ["week", "subscription", "claimed_at", "sent_at"]
    list_display = ["week", "subscription", "claimed_at", "sent_at"]
    list_filter = ["week"]
    list_select_related = ["subscription__user"]
    search_fields = ["subscription__user__username"]
    date_hierarchy = "week"
