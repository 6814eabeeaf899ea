"""The admin, open to whoever reviews for an office as well as to staff."""

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest


class Desk(AdminSite):
    # Its login is the login of the whole site: a reader, who has no business at the desk, gets in here too.
    login_form = AuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        from commitments.roles import works_at_desk

        return works_at_desk(request.user)
