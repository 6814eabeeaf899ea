"""What became of a call to somebody's address, in words."""

from django.utils.translation import gettext as _

from commitments.models import WebHookDelivery
from tracker.outward import Trouble


def outcome(delivery: WebHookDelivery) -> str:
    """Return the state, and why there was no yes: the code of the answer, or what stood in the way."""
    said = str(delivery.get_state_display())
    if delivery.code:
        return _("%(state)s, answer %(code)d") % {"state": said, "code": delivery.code}
    why = _words().get(delivery.trouble, "")
    return f"{said}: {why}" if why else said


def _words() -> dict[str, str]:
    return {
        Trouble.NO_ADDRESS: _("this is no address that can be called"),
        Trouble.UNKNOWN_HOST: _("nobody knows a machine of this name"),
        Trouble.FORBIDDEN: _("the address leads into a private network, or has no TLS"),
        Trouble.NO_CONNECTION: _("no connection"),
        Trouble.TLS: _("the certificate or TLS is not in order"),
        Trouble.TOO_SLOW: _("no answer in time"),
        Trouble.HUNG_UP: _("the connection was broken off"),
    }
