"""Searches that somebody named and kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.offices import PrivateRow
from commitments.privacy import OwnQuerySet

LONGEST_NAME, LONGEST_QUERY = 80, 1000  # characters


class SavedSearch(PrivateRow):
    """A search on the list of commitments, as its address tells it. Its owner's alone: it may name a label."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(_("search"), max_length=LONGEST_QUERY, help_text=_("as it stands in the address"))
    made_at = models.DateTimeField(_("made"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "made_at"]
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="search_kept_once_by_one")]

    def __str__(self) -> str:
        return self.name
