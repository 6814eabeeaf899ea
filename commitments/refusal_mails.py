"""Mails to one person about something of theirs that stopped; the mail that tells a manager of a refused address."""

from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from commitments.links import site_address
from commitments.models import Subscription
from commitments.services.preferring import language_of


def notice(name: str, context: dict[str, object], *, to: User) -> EmailMultiAlternatives:
    """Return the mail of templates/mail/<name> to one person, in the language of that person."""
    with translation.override(language_of(to)):
        mail = EmailMultiAlternatives(
            " ".join(render_to_string(f"mail/{name}_subject.txt", context).split()),
            render_to_string(f"mail/{name}.txt", context).strip() + "\n",
            to=[to.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    return mail


def refusal_mail(subscription: Subscription, *, to: User) -> EmailMultiAlternatives:
    """Return the mail that tells one person whose subscription was switched off because its address was refused."""
    context = {
        "user": subscription.user,
        "address": subscription.refused_address,
        "words": subscription.refused_words,
        "desk": site_address(reverse("admin:commitments_subscription_change", args=[subscription.pk])),
    }
    return notice("refused", context, to=to)
