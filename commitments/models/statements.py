"""One place in one speech where a promise is made."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.engine.types import Register
from commitments.models.deadlines import DeadlineFields, Kinds
from commitments.querysets import StatementQuerySet
from transcripts.models import Person, Speech


class Statement(DeadlineFields):
    """One place in one speech where a promise is made. The machine writes it, a person judges it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn by the engine")

    class Relation(models.TextChoices):
        ORIGINAL = "original", _("first said")
        REPEAT = "repeat", _("repeated")
        SUPPLEMENT = "supplement", _("supplemented")
        AMENDMENT = "amendment", _("amended")

    class Origin(models.TextChoices):
        MACHINE = "machine", _("found by the engine")
        HAND = "hand", _("marked by hand")

    class Registers(models.TextChoices):
        SPOKEN = Register.SPOKEN.value, _("spoken")
        WRITTEN = Register.WRITTEN.value, _("written answer")
        POLICY = Register.POLICY.value, _("policy note")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    speech = models.ForeignKey(Speech, models.CASCADE, related_name="statements", verbose_name=_("speech"))
    start = models.PositiveIntegerField(help_text=_("first character in the speech"))
    end = models.PositiveIntegerField(help_text=_("one past the last character in the speech"))
    quote = models.TextField(_("quote"))
    said_on = models.DateField(_("said on"))
    register = models.CharField(_("register"), max_length=8, choices=Registers)
    kind = models.CharField(_("kind"), max_length=10, choices=Kinds)
    condition = models.TextField(_("condition"), blank=True)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    addressee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="promises_received", verbose_name=_("promised to")
    )
    confidence = models.FloatField(_("confidence"), null=True, blank=True, help_text=_("0..1, empty when by hand"))
    cues = models.JSONField(_("why proposed"), default=list, help_text=_("rule, weight, words, why"))
    due_at = models.JSONField(default=list, help_text=_("[start, end] of the deadline's words in the speech"))
    doubts = models.JSONField(_("doubts about the date"), default=list)
    displaced = models.BooleanField(
        _("lost its place"), default=False, help_text=_("its words no longer stand in the corrected text")
    )
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.MACHINE)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    rejected_because = models.CharField(_("rejected because"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    commitment = models.ForeignKey(
        "Commitment", models.SET_NULL, null=True, blank=True, related_name="statements", verbose_name=_("commitment")
    )
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.ORIGINAL)

    objects = StatementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["said_on", "speech", "start"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "start", "end"], name="one_statement_per_place"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="statement_has_words"),
        ]
        indexes = [
            # the review queue: what waits, surest first
            models.Index(fields=["state", "-confidence"], name="statement_queue"),
            # the orders of the list of the API, walked by cursor both ways (commitments.api.resource_views)
            models.Index(fields=["said_on", "id"], name="statement_said"),
            models.Index(Coalesce("due_end", models.Value(date.max)), "id", name="statement_due"),
            models.Index(Coalesce("confidence", models.Value(1.0)), "id", name="statement_sure"),
        ]

    def __str__(self) -> str:
        return self.summary or self.quote[:80]

    @property
    def conditional(self) -> bool:
        return bool(self.condition)
