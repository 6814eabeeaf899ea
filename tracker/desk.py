"""The admin, open to whoever reviews for an office as well as to staff."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.template.response import TemplateResponse


class Desk(AdminSite):
    # Its login is the login of the whole site: a reader, who has no business at the desk, gets in here too.
    login_form = AuthenticationForm
    index_template = "admin/desk_index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        from commitments.roles import works_at_desk

        return works_at_desk(request.user)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The start page, with what is wrong with the mails of those one looks after."""
        from commitments.showing.deliveries import troubles

        return super().index(request, (extra_context or {}) | {"troubles": troubles(request.user)})
