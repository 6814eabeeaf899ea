"""What was promised, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.engine.types import CommitmentKind, Modifier, Precision, Register
from commitments.querysets import CommitmentQuerySet, EventQuerySet, ExtractionQuerySet, StatementQuerySet
from transcripts.models import AgendaItem, Document, Mandate, Person, Speech


class Kinds(models.TextChoices):
    INFORM = CommitmentKind.INFORM.value, _("inform parliament")
    PUBLISH = CommitmentKind.PUBLISH.value, _("publish")
    LEGISLATE = CommitmentKind.LEGISLATE.value, _("make rules")
    CONSULT = CommitmentKind.CONSULT.value, _("consult")
    EXAMINE = CommitmentKind.EXAMINE.value, _("examine")
    FUND = CommitmentKind.FUND.value, _("fund")
    ACT = CommitmentKind.ACT.value, _("act")


class Precisions(models.TextChoices):
    DAY = Precision.DAY.value, _("day")
    WEEK = Precision.WEEK.value, _("week")
    MONTH = Precision.MONTH.value, _("month")
    QUARTER = Precision.QUARTER.value, _("quarter")
    SEASON = Precision.SEASON.value, _("season")
    HALF_YEAR = Precision.HALF_YEAR.value, _("half-year")
    YEAR = Precision.YEAR.value, _("year")
    LEGISLATURE = Precision.LEGISLATURE.value, _("legislature")
    VAGUE = Precision.VAGUE.value, _("vague")


class Modifiers(models.TextChoices):
    DURING = Modifier.DURING.value, _("during")
    BY = Modifier.BY.value, _("by")
    BEFORE = Modifier.BEFORE.value, _("before")
    AFTER = Modifier.AFTER.value, _("after")
    FROM = Modifier.FROM.value, _("from")
    UNTIL = Modifier.UNTIL.value, _("until")
    APPROX = Modifier.APPROX.value, _("around")


class DeadlineFields(models.Model):
    """A deadline: the words as spoken, the interval [due_start, due_end] they denote, and the rule that read them.

    Overdue only from the day after due_end. Open, vague and undated ones have no due_end.
    """

    due_text = models.CharField(_("deadline as spoken"), max_length=300, blank=True)
    due_start = models.DateField(_("due from"), null=True, blank=True)
    due_end = models.DateField(_("due until"), null=True, blank=True)
    due_precision = models.CharField(_("precision"), max_length=12, choices=Precisions, blank=True)
    due_modifier = models.CharField(_("modifier"), max_length=8, choices=Modifiers, blank=True)
    due_rule = models.CharField(_("read by rule"), max_length=200, blank=True)

    class Meta:
        abstract = True


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
        ]

    def __str__(self) -> str:
        return self.summary or self.quote[:80]

    @property
    def conditional(self) -> bool:
        return bool(self.condition)


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
            # overdue and due soon: what is open, by its last day
            models.Index(fields=["status", "due_end"], name="commitment_due"),
            # what has to be asked about: open, without an end, by its day
            models.Index(fields=["status", "check_on"], name="commitment_check"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def conditional(self) -> bool:
        return bool(self.condition)


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


class Extraction(models.Model):
    """Whether the engine has read a document: what waits or failed is found here, whatever became of the queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    document = models.OneToOneField(Document, models.CASCADE, related_name="extraction", verbose_name=_("document"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    engine_version = models.CharField(_("engine"), max_length=16, blank=True, help_text=_("of its code and rules"))
    error = models.TextField(_("error"), blank=True)
    at = models.DateTimeField(_("when"), auto_now=True)

    objects = ExtractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extraction")
        verbose_name_plural = _("extractions")
        ordering = ["-at"]
        indexes = [models.Index(fields=["state"], name="extraction_state")]  # what is still to be done

    def __str__(self) -> str:
        return f"{self.document}: {self.get_state_display()}"


class Event(models.Model):
    """One change: who, when, what, from, to. History, digests, feeds and statistics are made from events."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        REOPENED = "reopened", _("put back to proposed")
        WITHDRAWN = "withdrawn", _("withdrawn by the engine")
        MARKED = "marked", _("marked by hand")
        DEADLINE_CORRECTED = "deadline_corrected", _("deadline corrected")
        DEADLINE_MOVED = "deadline_moved", _("deadline moved")
        STATUS_CHANGED = "status_changed", _("status changed")
        FOLLOW_UP_ADDED = "follow_up_added", _("follow-up added")
        FOLLOW_UP_JUDGED = "follow_up_judged", _("follow-up judged")
        BECAME_OVERDUE = "became_overdue", _("became overdue")
        BECAME_DUE_SOON = "became_due_soon", _("became due soon")
        TIME_TO_ASK = "time_to_ask", _("time to ask")
        DISPLACED = "displaced", _("lost its place in a corrected text")
        PLACED = "placed", _("has another place in a corrected text")

    # Noted once per commitment and day they are about, however often and late the watch runs.
    NOTED_ONCE = (Kind.BECAME_OVERDUE, Kind.BECAME_DUE_SOON, Kind.TIME_TO_ASK)

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

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "about_day"],
                condition=models.Q(kind__in=["became_overdue", "became_due_soon", "time_to_ask"]),
                name="noted_once_per_due_date",
            )
        ]
        indexes = [models.Index(fields=["day", "kind"], name="event_week")]  # the weekly digest

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


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
