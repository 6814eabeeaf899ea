"""Who asks: the owner of the key in `Authorization: Bearer tgz_…`, or who is logged in on the site."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from commitments.api.throttling import Throttle
from commitments.models import ApiToken
from commitments.services import tokens
from tracker.clock import moment

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """A key that does not work is refused, also where nobody needs one: who sends it wants to be told.

    What is refused counts for its address. A key that works is let in from there all the same.
    """

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        try:
            return self._known(request)
        except AuthenticationFailed:
            throttle = Throttle()
            if not throttle.allow_stranger(request):
                raise Throttled(throttle.wait()) from None
            raise

    def _known(self, request: Request) -> tuple[Any, ApiToken] | None:
        given = get_authorization_header(request).split()
        if not given or given[0].lower() != SCHEME.lower().encode():
            return None
        if len(given) != 2:
            raise AuthenticationFailed(_("Write the key behind “Bearer”, with one space between them."))
        at = moment()
        token = tokens.find(given[1].decode("ascii", "replace"))
        if token is None:
            raise AuthenticationFailed(_("There is no such key. Copy it whole, as it was shown when it was made."))
        if token.revoked_at is not None:
            raise AuthenticationFailed(_("This key was withdrawn."))
        if token.expires_at <= at:
            raise AuthenticationFailed(_("This key has expired. Make a new one."))
        if not token.user.is_active:
            raise AuthenticationFailed(_("The login of this key is closed."))
        tokens.note_use(token=token, at=at)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    """What the schema says of it."""

    target_class = "commitments.api.authentication.TokenAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": f"{tokens.PREFIX}…",
            "description": "A key of one's own, made on the page “Mijn sleutels”. What anyone may read needs none.",
        }
