"""What is tracked."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.deadlines import DeadlineFields, Kinds
from commitments.models.statements import Statement
from commitments.querysets import CommitmentQuerySet
from transcripts.models import Mandate, Person

if TYPE_CHECKING:
    from commitments.models.outside import OutsideStatement


class Commitment(DeadlineFields):
    """What is tracked. Made by accepting a statement.

    Its deadline is that of its latest accepted statement with a last day; without one, of the latest that names any.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PARTLY = "partly", _("partly fulfilled")
        FULFILLED = "fulfilled", _("fulfilled")
        DROPPED = "dropped", _("dropped")
        LAPSED = "lapsed", _("lapsed")
        SUPERSEDED = "superseded", _("superseded")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kinds)
    condition = models.TextField(_("condition"), blank=True)
    condition_on = models.DateField(
        _("day of the condition"), null=True, blank=True, help_text=_("the last day named in the condition")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="commitments", verbose_name=_("promised by"), null=True, blank=True
    )
    mandate = models.ForeignKey(
        Mandate, models.SET_NULL, null=True, blank=True, related_name="commitments", verbose_name=_("mandate")
    )
    said_on = models.DateField(_("first said"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    check_on = models.DateField(
        _("ask on"), null=True, blank=True, help_text=_("the day to ask, for a promise without an end day")
    )
    fulfilled_on = models.DateField(_("fulfilled on"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    superseded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    asked_on = models.DateField(_("question filed on"), null=True, blank=True, help_text=_("the latest not answered"))
    waiting_until = models.DateField(
        _("waiting for an answer until"), null=True, blank=True, help_text=_("until then nobody need ask again")
    )
    created_at = models.DateTimeField(_("tracked since"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords()
    accepted_statements: "list[Statement]"  # oldest first; brought along by CommitmentQuerySet.with_sources

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_end", "said_on", "pk"]
        indexes = [
            # the list of the API, walked by cursor (commitments.api.views)
            models.Index(
                Coalesce("due_end", models.Value(date.max)),
                Coalesce("check_on", models.Value(date.max)),
                "said_on",
                "id",
                name="commitment_walk",
            ),
            # the list of the pages by the day on which it was said, both ways
            models.Index(fields=["said_on", "id"], name="commitment_said"),
            # overdue and due soon: what is open, by its last day
            models.Index(fields=["status", "due_end"], name="commitment_due"),
            # what has to be asked about: open, without an end, by its day
            models.Index(fields=["status", "check_on"], name="commitment_check"),
            # few hang on a condition with a day
            models.Index(
                fields=["condition_on"], name="commitment_condition", condition=models.Q(condition_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said_outside(self) -> "OutsideStatement | None":
        """What was said outside parliament, where it began there (select `outside` for lists)."""
        return getattr(self, "outside", None)

    @property
    def quote(self) -> str:
        """The words it began with (with_sources brings them along)."""
        if self.said_outside is not None:
            return self.said_outside.quote
        return self.accepted_statements[0].quote if self.accepted_statements else self.title

    @property
    def conditional(self) -> bool:
        return bool(self.condition)
