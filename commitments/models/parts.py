"""What a promise consists of, where it is fulfilled piece by piece."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.commitments import Commitment


class Part(models.Model):
    """One thing of several that were promised together, ticked when it is done, with where that can be read."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="parts", verbose_name=_("commitment"))
    position = models.PositiveIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ticked by")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["commitment", "position", "pk"]

    def __str__(self) -> str:
        return self.title
