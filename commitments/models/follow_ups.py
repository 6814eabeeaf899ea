"""Later agenda items tied to a commitment."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields
from transcripts.models import AgendaItem


class FollowUp(DeadlineFields):
    """A later agenda item tied to a commitment, proposed by the engine or added by hand, judged by a person."""

    class Kind(models.TextChoices):
        RECALLED = "recalled", _("recalled")
        RESTATED = "restated", _("restated")
        REPORTED_DONE = "done", _("reported done")
        POSTPONED = "postponed", _("postponed")
        WEAKENED = "weakened", _("weakened")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="follow_ups", verbose_name=_("commitment"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="follow_ups", verbose_name=_("agenda item"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RECALLED)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    score = models.FloatField(_("score"), null=True, blank=True, help_text=_("0..1, empty when by hand"))
    reasons = models.JSONField(_("reasons"), default=list)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["commitment", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "item"], name="one_follow_up_per_item")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"
