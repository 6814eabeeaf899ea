"""Secret addresses of private feeds: what somebody's own calendar program asks for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.offices import OFFICE, PrivateRow, Team
from commitments.privacy import FeedAddressQuerySet

LONGEST_NAME = 60  # characters


class FeedAddress(PrivateRow):
    """A secret address: of what an office marked, or without an office of the watch lists its owner sees.

    The secret itself is kept nowhere: its fingerprint finds the row. The row stays when the address has ended, so that
    its owner can see which there were.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=OFFICE)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the secret"))
    made_at = models.DateTimeField(_("made"))
    used_on = models.DateField(_("last asked for on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("secret address of a feed")
        verbose_name_plural = _("secret addresses of feeds")
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["user", "ended_at"], name="feed_addresses_of_one")]
