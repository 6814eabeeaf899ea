"""Addresses to which events are sent, and what was sent to each."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.events import Event
from commitments.models.tokens import ApiToken, Scope
from commitments.privacy import Viewer

LONGEST_ADDRESS = 500  # characters


class WebHookQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        """One's own, and nobody else's."""
        return self.filter(token__in=ApiToken.objects.seen_by(viewer))

    def working(self, at: datetime) -> Self:
        """Switched on, with a key that works at that moment and was made for it."""
        hooks = self.filter(active=True, token__in=ApiToken.objects.usable(at))
        found = hooks.order_by("pk").values_list("pk", "token__scopes")
        # What is within JSON is asked alike on no two databases.
        return self.filter(pk__in=[pk for pk, scopes in found if Scope.WEBHOOKS in scopes])


class WebHook(models.Model):
    """Where the events go that somebody asked for. It works as long as the key does that it was made with.

    Its secret is in no row: it is worked out from its id and the SECRET_KEY of the site (services/webhooks.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="webhooks", verbose_name=_("key"))
    address = models.URLField(_("address"), max_length=LONGEST_ADDRESS)
    kinds = models.JSONField(_("events"), default=list, blank=True, help_text=_("none chosen: all of them"))
    active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(_("made"))
    # All events up to this one (by their number) were looked at; those behind it may have some that were.
    looked_at = models.BigIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    retry_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    lease_until = models.DateTimeField(_("in hand until"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("switched off"), null=True, blank=True)  # by the site, after long failure
    told_at = models.DateTimeField(_("owner told"), null=True, blank=True, editable=False)

    objects = WebHookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class WebHookDelivery(models.Model):
    """One event to one address. Without an event it is a test."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        PASSED = "passed", _("no longer public")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(WebHook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("event"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    code = models.PositiveSmallIntegerField(_("code"), null=True, blank=True)
    trouble = models.CharField(_("what went wrong"), max_length=13, blank=True, default="")
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)  # none: at once
    made_at = models.DateTimeField(_("made"))
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="event_once_per_webhook"),
        ]
        indexes = [
            models.Index(fields=["webhook", "made_at"], name="webhook_waiting", condition=Q(state="waiting")),
            models.Index(fields=["made_at"], name="webhook_deliveries_old"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
