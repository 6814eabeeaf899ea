"""Questions that were filed about a commitment."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.commitments import Commitment
from transcripts.models import AgendaItem, Person


class Asking(models.Model):
    """A question that was filed about a commitment; until `waiting_until` nobody need ask again.

    That day passing changes nothing here: whether it still waits is a question put to the data.
    """

    class Kind(models.TextChoices):
        WRITTEN = "written", _("written question")
        ORAL = "oral", _("request for explanation")
        OTHER = "other", _("asked otherwise")

    class Outcome(models.TextChoices):
        NONE = "", _("no answer yet")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="askings", verbose_name=_("commitment"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.WRITTEN)
    number = models.CharField(_("number"), max_length=20, blank=True, help_text=_("as parliament gave it, e.g. 412"))
    session = models.CharField(_("session"), max_length=9, blank=True, help_text=_("e.g. 2022-2023"))
    addressee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked of")
    )
    asker = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
        help_text=_("the member in whose name it was filed"),
    )
    filed_on = models.DateField(_("filed on"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )
    text = models.TextField(_("text"), blank=True, help_text=_("the question as it was filed"))
    waiting_until = models.DateField(_("waiting until"), help_text=_("the last day to wait for the answer"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, default=Outcome.NONE)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    answer = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered in")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question filed")
        verbose_name_plural = _("questions filed")
        ordering = ["commitment", "filed_on", "pk"]
        indexes = [models.Index(fields=["number", "outcome"], name="asking_number")]  # which one a paper answers

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
