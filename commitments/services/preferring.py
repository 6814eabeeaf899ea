"""What somebody chooses for the whole site: the language, of pages and mails alike."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Preference, Subscription
from commitments.services.errors import RoleError, ServiceError


@transaction.atomic
def choose_language(*, user: Any, language: str) -> None:
    """Let pages and mails be in this language for somebody; the same choice again changes nothing.

    Raises RoleError for who may not log in, ServiceError for a language the site does not have.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    if language not in dict(settings.LANGUAGES):
        raise ServiceError(_("The site does not have this language."))
    Preference.objects.update_or_create(user=user, defaults={"language": language})
    own = Subscription.objects.select_for_update().filter(user=user).exclude(language=language).first()
    if own is not None:
        own.language = language
        own.save(update_fields=["language"])


def language_of(user: Any) -> str:
    """Return the language to write to somebody in: the one chosen, else that of the mail, else Dutch."""
    for rows in (Preference.objects, Subscription.objects):
        language = rows.filter(user=user).values_list("language", flat=True).first()
        if language:
            return str(language)
    return settings.LANGUAGE_CODE
