"""Who gets the weekly mail, and what was in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """Somebody who gets the digest."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscription", verbose_name=_("user")
    )
    active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=10, default="nl-be")

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return str(self.user)


class Digest(models.Model):
    """One digest for one subscriber and one week: claimed with its items before it is sent, so sent once."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="digests", verbose_name=_("subscription")
    )
    week = models.DateField(_("week"), help_text=_("the Monday it is for"))
    items = models.JSONField(default=dict, help_text=_("ids of the commitments per block, and of the events told"))
    claimed_at = models.DateTimeField(_("claimed"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-week"]
        constraints = [models.UniqueConstraint(fields=["subscription", "week"], name="one_digest_per_week")]

    def __str__(self) -> str:
        return f"{self.week}: {self.subscription}"
