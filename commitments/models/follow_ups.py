"""Later agenda items tied to a commitment."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.engine.followups import Certainty, Sign
from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields
from commitments.querysets import FollowUpQuerySet
from transcripts.models import AgendaItem, Speech


class FollowUp(DeadlineFields):
    """A later agenda item tied to a commitment, proposed by the engine or added by hand, judged by a person."""

    class Kind(models.TextChoices):
        RECALLED = Sign.RECALLED.value, _("recalled")
        RESTATED = Sign.RESTATED.value, _("restated")
        REPORTED_DONE = Sign.DONE.value, _("reported done")
        POSTPONED = Sign.POSTPONED.value, _("postponed")
        WEAKENED = Sign.WEAKENED.value, _("weakened")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DISMISSED = "dismissed", _("dismissed")
        WITHDRAWN = "withdrawn", _("withdrawn by the engine")

    class Certainties(models.TextChoices):
        CERTAIN = Certainty.CERTAIN.value, _("certain")
        PROBABLE = Certainty.PROBABLE.value, _("probable")
        POSSIBLE = Certainty.POSSIBLE.value, _("possible")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="follow_ups", verbose_name=_("commitment"))
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="follow_ups", verbose_name=_("agenda item"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RECALLED)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    score = models.FloatField(_("score"), null=True, blank=True, help_text=_("0..1, empty when by hand"))
    certainty = models.CharField(_("certainty"), max_length=8, choices=Certainties, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, help_text=_("rule, weight, words, why"))
    speech = models.ForeignKey(
        Speech, models.SET_NULL, null=True, blank=True, related_name="follow_ups", verbose_name=_("speech")
    )
    start = models.PositiveIntegerField(default=0, help_text=_("first character in the speech"))
    end = models.PositiveIntegerField(default=0, help_text=_("one past the last character in the speech"))
    quote = models.TextField(_("quote"), blank=True, help_text=_("the words that show it"))
    corrected = models.BooleanField(_("corrected by a person"), default=False)
    note = models.TextField(_("note"), blank=True)
    dismissed_because = models.CharField(_("dismissed because"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["commitment", "pk"]
        constraints = [models.UniqueConstraint(fields=["commitment", "item"], name="one_follow_up_per_item")]
        indexes = [
            models.Index(fields=["state", "-score"], name="follow_up_queue"),  # what waits, surest first
            # the list of the API by score, walked by cursor
            models.Index(Coalesce("score", models.Value(1.0)), "id", name="follow_up_sure"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"
