"""The mail that tells a manager which digests may not have arrived, or were given up."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from commitments.links import site_address
from commitments.models import Digest
from commitments.services.preferring import language_of

LINES = 25  # the rest is counted


def trouble_mail(digests: Collection[Digest], *, to: User) -> EmailMultiAlternatives:
    """Return the mail to one person, in the language of that person."""
    with translation.override(language_of(to)):
        context = {
            "number": len(digests),
            "digests": [(digest, list(digest.delivery_notes.all())[-1:]) for digest in digests][:LINES],
            "more": max(0, len(digests) - LINES),
            "desk": site_address(reverse("admin:commitments_digest_changelist") + "?trouble=yes"),
        }
        mail = EmailMultiAlternatives(
            " ".join(render_to_string("mail/trouble_subject.txt", context).split()),
            render_to_string("mail/trouble.txt", context).strip() + "\n",
            to=[to.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("mail/trouble.html", context), "text/html")
    return mail
