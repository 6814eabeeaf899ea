"""Keys with which programs come in for somebody: no further than that person may, nor than they are made for."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.privacy import OwnQuerySet


class Scope(models.TextChoices):
    """What a key may be made for. What anyone may read needs no key."""

    PROPOSALS = "proposals", _("read what waits for review, and what was rejected")
    REVIEW = "review", _("accept, reject and link")
    OFFICE = "office", _("read what my offices keep")
    NOTES = "notes", _("write notes for my offices")
    WEBHOOKS = "webhooks", _("have events sent to an address")


class ApiTokenQuerySet(OwnQuerySet):
    def usable(self, at: datetime) -> "ApiTokenQuerySet":
        """Neither withdrawn nor expired at that moment, and of somebody who may log in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)


class ApiToken(models.Model):
    """The secret itself is nowhere: only its SHA-256, which is enough for a secret that nobody can guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=100)
    start = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("for what"), default=list)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, help_text=_("to the hour"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["-made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def scope_words(self) -> list[str]:
        """What it is for, in the reader's language; what a later version no longer knows is left out."""
        return [str(Scope(one).label) for one in self.scopes if one in Scope.values]
