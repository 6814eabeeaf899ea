"""Which keys there are, looked at and withdrawn by who looks after their owners. No secret is anywhere."""

from typing import cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.admin import desk
from commitments.admin.offices import everywhere, looked_after
from commitments.admin.through_services import ThroughServices
from commitments.models import ApiToken
from commitments.services import tokens
from tracker.clock import moment, today


@admin.register(ApiToken)
class ApiTokenAdmin(ThroughServices, admin.ModelAdmin):
    """Whose, for what, until when and when it was last used."""

    fields = ["user", "name", "start", "for_what", "made_at", "expires_at", "used_at", "revoked_at", "revoked_by"]
    list_display = ["user", "name", "start", "for_what", "expires_at", "used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "expires_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "name", "start"]
    actions = ["withdraw_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        rows = super().get_queryset(request)
        return rows if everywhere(request, ApiToken) else rows.filter(user__in=looked_after(request))

    @admin.display(description=_("for what"))
    def for_what(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    @admin.action(description=_("Withdraw the chosen keys"), permissions=["view"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """One by one; whatever uses them is refused from then on."""
        actor = cast(User, request.user)

        def withdraw(token: ApiToken) -> None:
            tokens.revoke(token=token, actor=actor, at=moment(), day=today())

        desk.one_by_one(request, queryset, withdraw)
