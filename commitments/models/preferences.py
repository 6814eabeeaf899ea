"""What one person chose for the whole site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.privacy import OwnQuerySet


class Preference(models.Model):
    """The language somebody reads the site and its mails in. Who chose none gets that of the browser."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference", verbose_name=_("user")
    )
    language = models.CharField(_("language"), max_length=10)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)
