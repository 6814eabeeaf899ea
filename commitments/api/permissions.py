"""How far a request goes: as far as its person's role, and with a key no further than its scopes.

may(request, Scope.PROPOSALS)        yes or no
viewer(request, Scope.OFFICE)        whom to ask `seen_by` for: the person, or nobody where the key is for less
permission_classes = [needs(Scope.REVIEW)]
"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from commitments.models import ApiToken, Scope
from commitments.privacy import Viewer
from commitments.roles import reaches


def in_scope(request: Request, scope: Scope) -> bool:
    """Does the key of this request go as far as that? Who is logged in on the site needs no key."""
    if not request.user.is_authenticated:
        return False
    return not isinstance(request.auth, ApiToken) or scope in request.auth.scopes


def may(request: Request, scope: Scope) -> bool:
    """May this request do what the scope names? Never more than its person's role, never more than its key's scopes."""
    return in_scope(request, scope) and reaches(request.user, scope)


def viewer(request: Request, scope: Scope) -> Viewer:
    """Return whom to ask `seen_by` for: the person of the request, nobody where its key is for less than that."""
    return request.user if in_scope(request, scope) else AnonymousUser()


def needs(scope: Scope) -> type[BasePermission]:
    """Return a permission for views that only who comes as far as this scope gets into.

    Refused with 401 who is not known, with 403 and the reason who is.
    """

    class Needs(BasePermission):
        message = ""

        def has_permission(self, request: Request, view: object) -> bool:
            if not in_scope(request, scope):
                self.message = _("This key was not made for: %(scope)s.") % {"scope": scope.label}
                return False
            self.message = _("Your role does not go as far as: %(scope)s.") % {"scope": scope.label}
            return reaches(request.user, scope)

    return Needs
