"""The mail that tells somebody that an address of theirs gets no more events."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from commitments.links import site_address
from commitments.models import WebHook
from commitments.refusal_mails import notice


def stopped_mail(webhook: WebHook) -> EmailMultiAlternatives:
    """Return the mail to the owner of an address."""
    context = {
        "webhook": webhook,
        "gone": webhook.deliveries.filter(code=410).exists(),
        "page": site_address(reverse("my_keys")),
    }
    return notice("webhook", context, to=webhook.token.user)
