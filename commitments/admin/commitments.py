"""The desk for what is tracked: its status, its parts, what was asked, and promises made outside parliament."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commitments.admin import desk, life
from commitments.admin.filters import DueFilter, StandingFilter
from commitments.admin.through_services import ThroughServices, WithHistory
from commitments.life_forms import EnterForm
from commitments.models import Asking, Commitment, FollowUp, OutsideStatement, Part, Statement
from commitments.services import lapsing, outside, tracking
from commitments.services.errors import ServiceError
from commitments.showing.standing import standing
from tracker.clock import today


class StatementInline(ThroughServices, admin.TabularInline):
    model = Statement
    fk_name = "commitment"
    fields = readonly_fields = ("quote", "said_on", "relation", "due_text", "due_end", "state")
    extra = 0
    show_change_link = True


class FollowUpInline(ThroughServices, admin.TabularInline):
    model = FollowUp
    fields = readonly_fields = ("item", "kind", "state", "note")
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[FollowUp]:
        return super().get_queryset(request).select_related("item")


@admin.register(Commitment)
class CommitmentAdmin(WithHistory):
    """What is tracked. What changes, changes through a verb of admin.life."""

    change_form_template = "admin/commitments/commitment/change_form.html"
    list_display = ["title", "person", "kind", "due_text", "due_end", "status", "stands"]
    list_filter = ["status", StandingFilter, "kind", DueFilter, "person"]
    list_select_related = ["person"]
    search_fields = ["title", "due_text", "person__name", "statements__quote", "outside__quote"]
    date_hierarchy = "said_on"
    inlines = [StatementInline, FollowUpInline]
    actions = ["lapse_selected", "open_again_selected"]
    fields = [
        "title",
        ("person", "mandate"),
        ("kind", "condition"),
        ("said_on", "status", "fulfilled_on"),
        ("due_text", "due_start", "due_end", "check_on"),
        ("asked_on", "waiting_until"),
        "evidence",
        "superseded_by",
        "uid",
    ]

    def get_urls(self) -> list:
        do = require_POST(self.admin_site.admin_view(self.act))
        return [
            path("<int:pk>/status/", do, {"verb": "status"}, name="commitments_commitment_status"),
            path("<int:pk>/life/<str:verb>/", do, name="commitments_commitment_life"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("commitments.add_commitment")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commitment]:
        return super().get_queryset(request).select_related("person", "mandate__person", "superseded_by", "outside")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Commitment | None:
        """Read once for what the keeper sees and for Django's own form below it."""
        read = request.__dict__.setdefault("_commitments_read", {})
        if object_id not in read:
            read[object_id] = super().get_object(request, object_id, from_field)
        return read[object_id]

    @admin.display(description=_("today"))
    def stands(self, commitment: Commitment) -> str:
        return standing(commitment, today()).words

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """A promise made outside parliament; those made in it begin at the review desk."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = EnterForm(request.POST or None, commitment=Commitment(), day=today())
        if request.method == "POST" and form.is_valid():
            try:
                made = outside.enter(
                    words=form.words(),
                    title=form.cleaned_data["title"],
                    person=form.cleaned_data["person"],
                    kind=form.cleaned_data["kind"],
                    public=form.cleaned_data["public"],
                    actor=request.user,
                    day=form.day,
                )
            except ServiceError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, _("It is tracked from now on."), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:commitments_commitment_change", args=[made.pk]))
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A promise made outside parliament"),
            "form": form,
        }
        return TemplateResponse(request, "admin/commitments/commitment/enter.html", shown | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        shown: dict[str, object] = {"may_change": self.has_review_permission(request), "subtitle": None}
        commitment = self.get_object(request, object_id)
        if commitment is not None:
            shown |= {
                "title": str(commitment),
                "commitment": commitment,
                **life.what_the_keeper_sees(commitment, request.user),
            }
            shown["follow_ups_waiting"] = commitment.follow_ups.waiting().count()
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def act(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Do one thing to one commitment, and show it again."""
        commitment = get_object_or_404(self.get_queryset(request), pk=pk)
        if verb not in life.VERBS:
            raise Http404
        if not self.has_review_permission(request):
            raise PermissionDenied
        wrong = life.act(request, commitment, verb)
        if wrong is None:
            return HttpResponseRedirect(reverse("admin:commitments_commitment_change", args=[pk]))
        request.method = "GET"  # the page is shown again, with what was wrong
        commitment.refresh_from_db()
        shown = life.what_the_keeper_sees(commitment, request.user)
        forms = shown["forms"]
        if isinstance(forms, dict) and verb in forms:
            forms[verb] = wrong
        else:
            messages.error(request, " ".join(str(sentence) for errors in wrong.errors.values() for sentence in errors))
        return self.change_view(request, str(pk), extra_context=shown)

    @admin.action(description=_("Let the chosen ones lapse whose legislature has ended"), permissions=["review"])
    def lapse_selected(self, request: HttpRequest, queryset: QuerySet[Commitment]) -> None:
        done = sum(lapsing.lapse(commitment=one, actor=request.user, day=today()) for one in queryset)
        said = ngettext("%(done)d commitment lapsed.", "%(done)d commitments lapsed.", done) % {"done": done}
        self.message_user(request, said, messages.SUCCESS if done else messages.WARNING)

    @admin.action(description=_("Open the chosen ones again that lapsed"), permissions=["review"])
    def open_again_selected(self, request: HttpRequest, queryset: QuerySet[Commitment]) -> None:
        again = Commitment.Status.OPEN
        desk.one_by_one(
            request,
            queryset.filter(status=Commitment.Status.LAPSED),
            lambda one: tracking.change_status(commitment=one, actor=request.user, day=today(), status=again),
        )


@admin.register(Part)
class PartAdmin(WithHistory):
    list_display = ["commitment", "title", "done_on", "done_by"]
    list_select_related = ["commitment", "done_by"]
    search_fields = ["title", "commitment__title", "commitment__person__name"]
    fields = ["commitment", "position", "title", "done_on", "evidence", "done_by"]


@admin.register(Asking)
class AskingAdmin(WithHistory):
    list_display = ["commitment", "kind", "number", "session", "filed_on", "waiting_until", "outcome"]
    list_filter = ["outcome", "kind", "filed_on"]
    list_select_related = ["commitment"]
    search_fields = ["number", "commitment__title", "commitment__person__name"]
    fields = [
        "commitment",
        ("kind", "number", "session"),
        "addressee",
        ("filed_on", "filed_by", "waiting_until"),
        "text",
        ("outcome", "ended_on", "answer"),
        "uid",
    ]


@admin.register(OutsideStatement)
class OutsideStatementAdmin(WithHistory):
    list_display = ["quote", "said_on", "source_name", "public"]
    list_filter = ["public", "said_on"]
    search_fields = ["quote", "source_name", "commitment__person__name"]
    fields = [
        "commitment",
        "quote",
        ("said_on", "public"),
        ("source_name", "source_url"),
        ("due_text", "due_start", "due_end"),
        ("due_precision", "due_modifier", "due_rule"),
        "entered_by",
        "uid",
    ]
