"""Every change leaves one row."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models.commitments import Commitment
from commitments.models.follow_ups import FollowUp
from commitments.models.statements import Statement
from commitments.querysets import EventQuerySet


class Event(models.Model):
    """One change: who, when, what, from, to. History, digests, feeds and statistics are made from events."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        REOPENED = "reopened", _("put back to proposed")
        WITHDRAWN = "withdrawn", _("withdrawn by the engine")
        MARKED = "marked", _("marked by hand")
        EDITED = "edited", _("edited")
        SPLIT = "split", _("split in two")
        UNDONE = "undone", _("undone")
        DEADLINE_CORRECTED = "deadline_corrected", _("deadline corrected")
        DEADLINE_MOVED = "deadline_moved", _("deadline moved")
        STATUS_CHANGED = "status_changed", _("status changed")
        FOLLOW_UP_PROPOSED = "follow_up_proposed", _("follow-up proposed")
        FOLLOW_UP_CORRECTED = "follow_up_corrected", _("follow-up corrected")
        FOLLOW_UP_ADDED = "follow_up_added", _("follow-up added")
        FOLLOW_UP_JUDGED = "follow_up_judged", _("follow-up judged")
        BECAME_OVERDUE = "became_overdue", _("became overdue")
        BECAME_DUE_SOON = "became_due_soon", _("became due soon")
        TIME_TO_ASK = "time_to_ask", _("time to ask")
        DISPLACED = "displaced", _("lost its place in a corrected text")
        PLACED = "placed", _("has another place in a corrected text")
        ENTERED = "entered", _("entered by hand")
        PART_ADDED = "part_added", _("part added")
        PART_DONE = "part_done", _("part done")
        PART_REOPENED = "part_reopened", _("part no longer done")
        PART_REMOVED = "part_removed", _("part removed")
        ASKED = "asked", _("question filed")
        ASKING_EDITED = "asking_edited", _("question filed: corrected")
        ANSWERED = "answered", _("question answered")
        ASKING_WITHDRAWN = "asking_withdrawn", _("question withdrawn")
        WAITING_ENDED = "waiting_ended", _("the term for the answer has passed")
        CONDITION_CAME = "condition_came", _("the day of its condition came")
        SILENT = "silent", _("nothing heard for long")
        LAPSE_ANNOUNCED = "lapse_announced", _("will lapse with its legislature")
        KEPT_OPEN = "kept_open", _("kept open after its legislature")
        LEARNED = "learned", _("learned from the reviews")

    # Noted once per commitment and day they are about, however often and late the watch runs.
    NOTED_ONCE = (
        Kind.BECAME_OVERDUE,
        Kind.BECAME_DUE_SOON,
        Kind.TIME_TO_ASK,
        Kind.WAITING_ENDED,
        Kind.CONDITION_CAME,
        Kind.SILENT,
        Kind.LAPSE_ANNOUNCED,
        Kind.KEPT_OPEN,
    )

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    day = models.DateField(_("day"), help_text=_("the Brussels day on which it happened"))
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("commitment")
    )
    statement = models.ForeignKey(
        Statement, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("statement")
    )
    follow_up = models.ForeignKey(
        FollowUp, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("follow-up")
    )
    about_day = models.DateField(_("about day"), null=True, blank=True, help_text=_("the due date it is about"))
    before = models.JSONField(_("from"), default=dict)
    after = models.JSONField(_("to"), default=dict)
    restores = models.JSONField(
        null=True, blank=True, editable=False, help_text=_("a decision that can be undone: what to put back")
    )
    undoes = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "about_day"],
                condition=models.Q(
                    kind__in=[
                        "became_overdue",
                        "became_due_soon",
                        "time_to_ask",
                        "waiting_ended",
                        "condition_came",
                        "silent",
                        "lapse_announced",
                        "kept_open",
                    ]
                ),
                name="noted_once_per_due_date",
            )
        ]
        indexes = [
            models.Index(fields=["day", "kind"], name="event_week"),  # the weekly digest
            models.Index(fields=["at", "id"], name="event_walk"),  # the list of the API, walked by cursor both ways
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
