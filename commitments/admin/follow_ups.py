"""Follow-ups in the admin: the list, the desk where they are judged, and one added by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from commitments.admin import desk, follow_up_desk
from commitments.admin.through_services import WithHistory
from commitments.follow_up_forms import ByHandForm
from commitments.models import FollowUp
from commitments.services import tracking
from commitments.templatetags.promises import interval
from tracker.clock import today


@admin.register(FollowUp)
class FollowUpAdmin(WithHistory):
    """The list. What is proposed is judged at the desk; what a person adds goes through the service."""

    change_list_template = "admin/commitments/followup/change_list.html"
    change_form_template = "admin/commitments/followup/change_form.html"
    form = ByHandForm
    list_display = ["commitment", "item", "kind", "state", "certainty", "score"]
    list_filter = ["state", "kind", "certainty"]
    list_select_related = ["commitment", "item"]
    search_fields = ["commitment__title", "item__title", "item__questions__number"]
    autocomplete_fields = ["commitment", "item"]
    fields = ["commitment", "item", "kind", ("due_text", "due_start", "due_end"), "note"]
    actions = ["confirm_selected", "dismiss_selected"]

    def get_urls(self) -> list:
        return [*follow_up_desk.urls(self.admin_site), *super().get_urls()]

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
        given: Any = form
        row = tracking.add_follow_up(
            commitment=obj.commitment,
            actor=request.user,
            day=today(),
            item=obj.item,
            kind=obj.kind,
            note=obj.note,
            deadline=given.deadline(),
        )
        obj.pk = row.pk
        days = strip_tags(interval(row))
        if row.due_text and days:
            read = _("Read: “%(words)s” = %(days)s.") % {"words": row.due_text, "days": days}
            self.message_user(request, read, messages.INFO)
