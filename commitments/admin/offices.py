"""The desk of an office's manager: its members, its labels, its subscriptions. Of one's own office, and no other.

Notes, priorities and watch lists are written on the page of a promise; nothing of them is in the admin.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from commitments import roles
from commitments.models import Membership, Subscription, Tag, Team
from commitments.roles import administers
from commitments.services import offices
from commitments.services.errors import ServiceError
from tracker.clock import today
from transcripts.admin_versions import Versions

View = Callable[..., HttpResponse]


def everywhere(request: HttpRequest, model: type[models.Model]) -> bool:
    """Does this person look after all offices, and not by a role in one of them?"""
    return administers(request.user, f"commitments.view_{model._meta.model_name}")


class _OwnTeams:
    """A form offers the offices one looks after."""

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "team":
            all_of_them = everywhere(request, Membership) and db_field.model is Membership
            kwargs["queryset"] = Team.objects.all() if all_of_them else Team.objects.managed_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class _SaysWhyNot:
    """What a service refuses is said in its one sentence, and nothing of the request is done."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_why_not(request, super().changeform_view, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_why_not(request, super().delete_view, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_why_not(request, super().changelist_view, *args, **kwargs)  # type: ignore[misc]

    def _or_why_not(self, request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except ServiceError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())


@admin.register(Team)
class TeamAdmin(_SaysWhyNot, admin.ModelAdmin):
    list_display = ["name", "kind"]
    search_fields = ["name"]
    fields = ["name", "kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request) if everywhere(request, Team) else Team.objects.of(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """An office that ends loses its members; what it wrote is nobody's to throw away from outside."""
        return False

    def save_model(self, request: HttpRequest, obj: Team, form: ModelForm, change: bool) -> None:
        if change:
            offices.rename_team(team=obj, name=obj.name, kind=obj.kind, actor=request.user, day=today())
        else:
            obj.pk = offices.found_team(name=obj.name, kind=obj.kind, actor=request.user, day=today()).pk


class MemberForm(forms.ModelForm):
    """A member is taken in by the name of the login: nobody is shown who else works in parliament."""

    login = forms.CharField(label=_("Login"), help_text=_("the name with which this person logs in"))

    class Meta:
        model = Membership
        fields = ["team", "role"]

    def clean_login(self) -> str:
        users = get_user_model().objects.filter(is_active=True)
        found = users.filter(username=self.cleaned_data["login"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody logs in under this name. Who looks after the site makes a login."))
        self.instance.user = found
        return self.cleaned_data["login"]


@admin.register(Membership)
class MembershipAdmin(_SaysWhyNot, _OwnTeams, admin.ModelAdmin):
    form = MemberForm
    list_display = ["user", "team", "role", "since"]
    list_filter = ["role"]
    list_select_related = ["user", "team"]
    search_fields = ["user__username", "team__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        rows = super().get_queryset(request)
        return rows if everywhere(request, Membership) else rows.filter(team__in=Team.objects.managed_by(request.user))

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return ["team", "login", "role"] if obj is None else ["team", "user", "role"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            kwargs["form"] = forms.ModelForm  # who it is stays
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [] if obj is None else ["team", "user"]

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        row = offices.set_member(team=obj.team, user=obj.user, role=obj.role, actor=request.user, day=today())
        obj.pk = row.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        offices.remove_member(membership=obj, actor=request.user, day=today())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for row in queryset.select_related("user", "team"):
            self.delete_model(request, row)


@admin.register(Tag)
class TagAdmin(_SaysWhyNot, _OwnTeams, admin.ModelAdmin):
    list_display = ["name", "team"]
    list_select_related = ["team"]
    search_fields = ["name"]
    fields = ["team", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """The labels of the offices one manages: whoever administers the site sees no other either."""
        return Tag.objects.seen_by(request.user).filter(team__in=Team.objects.managed_by(request.user)).order_by("name")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "team" in form.base_fields:
            form.base_fields["team"].disabled = obj is not None  # a label stays with its office
        return form

    def save_model(self, request: HttpRequest, obj: Tag, form: ModelForm, change: bool) -> None:
        if change:
            offices.rename_tag(tag=obj, name=obj.name, actor=request.user, day=today())
        else:
            obj.pk = offices.make_tag(team=obj.team, name=obj.name, actor=request.user, day=today()).pk

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the office's own trail: Django's log would go on showing a label to who left the office."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As for what is added."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As for what is added."""

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        offices.remove_tag(tag=obj, actor=request.user, day=today())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        for row in queryset.select_related("team"):
            self.delete_model(request, row)


@admin.register(Subscription)
class SubscriptionAdmin(Versions):
    """A manager looks after the subscriptions of who works for the manager's offices and for no other."""

    # When it comes and about what, the subscriber chooses: what somebody follows is nobody else's business.
    fields = ["user", "active", "language"]
    list_display = ["user", "active", "refused", "language"]
    list_filter = ["active", ("refused_at", admin.EmptyFieldListFilter), "language"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Say why it is off, where there is something to say."""
        return ["refused"] if obj is not None and obj.refused_at and not obj.active else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *self.get_readonly_fields(request, obj)]

    @admin.display(description=_("refused by the mail server"))
    def refused(self, subscription: Subscription) -> str:
        """Why it is switched off, where a mail server refused its address."""
        if subscription.active or subscription.refused_at is None:
            return ""
        return f"{subscription.refused_address}: {subscription.refused_words}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        rows = super().get_queryset(request)
        return rows if everywhere(request, Subscription) else rows.filter(user__in=looked_after(request))

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The versions of what one looks after; of others there is nothing here, though they have versions."""
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_view(request, object_id, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        return super().history_form_view(request, object_id, *args, **kwargs)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return ["user"] if everywhere(request, Subscription) else []

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user" and not everywhere(request, Subscription):
            kwargs["queryset"] = looked_after(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def looked_after(request: HttpRequest) -> QuerySet:
    return roles.looked_after(request.user)
