"""What was said: documents, meetings, agenda items, speeches, and the people who spoke."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from transcripts.any_uuid import AnyUuid
from transcripts.messages import from_json
from transcripts.parsing.transcript import Capacity, DocumentKind, Passage
from transcripts.querysets import MandateQuerySet, MeetingQuerySet, PersonQuerySet, SpeechQuerySet
from transcripts.wording import CAPACITIES, KINDS, worded


class Person(models.Model):
    """Somebody who speaks, asks or is asked; an MP who becomes minister stays one person."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "name"]

    def __str__(self) -> str:
        return self.name


class PersonMerge(models.Model):
    """Somebody who turned out to be `person`: the former permanent id still leads there, and who merged them when."""

    uid = models.UUIDField(_("former permanent id"), unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, related_name="merges", verbose_name=_("person"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who merged")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    moved = models.JSONField(_("moved"), default=dict, help_text=_("how many rows of which kind"))

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.name


class PersonName(models.Model):
    """One spelling under which a person is found. `key` is the folded spelling (see parsing.names.fold)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="names", verbose_name=_("person"))
    spelling = models.CharField(_("spelling"), max_length=200)
    key = models.CharField(_("folded spelling"), max_length=200, unique=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")

    def __str__(self) -> str:
        return self.spelling


class Mandate(models.Model):
    """A minister holds a portfolio from one day to another; `end` is empty while it lasts or is not known."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, db_default=AnyUuid(), unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates", verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=200, help_text=_("as printed, e.g. “Vlaams minister”"))
    portfolio = models.CharField(_("portfolio"), max_length=400, blank=True)
    start = models.DateField(_("from"), help_text=_("first day known"))
    end = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    registered = models.BooleanField(_("from the register"), default=False)

    objects = MandateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-start"]
        constraints = [
            models.UniqueConstraint(fields=["person", "portfolio", "start"], name="one_mandate_per_portfolio_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.portfolio or self.title}"


class Party(models.Model):
    """A political party under its successive names."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True, help_text=_("its name today"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartyName(models.Model):
    """A name a party bore from one day to another; `key` is the folded spelling."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="names", verbose_name=_("party"))
    spelling = models.CharField(_("spelling"), max_length=120)
    key = models.CharField(_("folded spelling"), max_length=120, db_index=True)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party name")
        verbose_name_plural = _("party names")
        ordering = ["party", "start"]
        constraints = [models.UniqueConstraint(fields=["party", "key"], name="one_name_of_a_party_per_spelling")]

    def __str__(self) -> str:
        return self.spelling


class SyncPosition(models.Model):
    """How far a source outside was read, so that the next reading goes on from there, and which run reads it now."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    position = models.JSONField(_("position"), default=dict)
    at = models.DateTimeField(_("when"), auto_now=True)
    held_by = models.CharField(_("run"), max_length=32, blank=True, help_text=_("the run that reads now, or nothing"))
    held_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)

    class Meta:
        verbose_name = _("position of a source")
        verbose_name_plural = _("positions of sources")

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A sitting of a committee or of the plenary."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    date = models.DateField(_("date"))
    number = models.CharField(_("number"), max_length=20, blank=True, help_text=_("as printed, e.g. C151"))
    session = models.CharField(_("session"), max_length=9, blank=True, help_text=_("e.g. 2022-2023"))
    committee = models.CharField(_("committee"), max_length=300, blank=True)
    chair = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chair"))

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-date", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "session", "date"], condition=~models.Q(number=""), name="one_meeting_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or _('meeting')} ({self.date})"


class Document(models.Model):
    """A paper that came in, with its text as read and the account of every character of it."""

    class Kind(models.TextChoices):
        REPORT = DocumentKind.REPORT.value, KINDS[DocumentKind.REPORT]
        WRITTEN_QUESTION = DocumentKind.WRITTEN_QUESTION.value, KINDS[DocumentKind.WRITTEN_QUESTION]
        POLICY_NOTE = DocumentKind.POLICY_NOTE.value, KINDS[DocumentKind.POLICY_NOTE]

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    title = models.CharField(_("title"), max_length=400)
    date = models.DateField(_("date"), help_text=_("the day it was said or written"))
    url = models.URLField(_("address"), max_length=500, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("meeting")
    )
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, unique=True, help_text=_("of the file's bytes"))
    reader = models.CharField(_("reader"), max_length=30)
    text = models.TextField(_("text as read"))
    page_starts = models.JSONField(default=list)
    account = models.JSONField(_("account"), default=dict, help_text=_("characters per reason"))
    account_spans = models.JSONField(default=list, help_text=_("[start, end, reason] without gap"))
    warnings = models.JSONField(_("warnings"), default=list)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    identity = models.CharField(
        _("identity"),
        max_length=200,
        blank=True,
        help_text=_("what stays the same when a corrected or completed version comes in, e.g. verslag C151 2022-2023"),
    )
    provisional = models.BooleanField(_("provisional"), default=False, help_text=_("parts of it are still to come"))

    history = HistoricalRecords(excluded_fields=["text", "page_starts", "account", "account_spans", "warnings"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-date", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=~models.Q(identity=""), name="one_document_per_identity"
            )
        ]
        # the lists of the API by day, walked by cursor both ways: documents, their items, and what was said in them
        indexes = [models.Index(fields=["date", "id"], name="document_walk")]

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> tuple[str, ...]:
        """The warnings, each a Message where its code is known; in English (see wording.worded)."""
        return tuple(from_json(kept) for kept in self.warnings)

    @property
    def warnings_in_words(self) -> list[str]:
        """The warnings in the reader's language."""
        return [worded(warning) for warning in self.told]


class Revision(models.Model):
    """One version of a document as it came in; the document itself holds the newest."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions", verbose_name=_("document"))
    number = models.PositiveIntegerField(_("number"), help_text=_("1 is the first that came in"))
    sha256 = models.CharField(max_length=64, db_index=True, help_text=_("of the file's bytes"))
    file_name = models.CharField(_("file name"), max_length=255)
    particulars = models.JSONField(
        default=dict, help_text=_("the kind, date and minister that were given with it, and whether a person gave them")
    )
    changes = models.JSONField(_("changes"), default=list, help_text=_("what it changed, for the person who imports"))
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"


class AgendaItem(models.Model):
    """One item of a meeting, or the one subject of a written paper."""

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="items", verbose_name=_("document"))
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=60)
    title = models.TextField(_("title"))
    chair = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chair"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(_("page"), default=1)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_item_per_position")]

    def __str__(self) -> str:
        return self.title

    @property
    def numbers(self) -> str:
        """Numbers of the item's questions, joined by ", " (prefetch `questions` for lists)."""
        return ", ".join(question.number for question in self.questions.all() if question.number)


class Question(models.Model):
    """One listed question of an agenda item; several when the chair joins them."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="questions", verbose_name=_("agenda item"))
    position = models.PositiveIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    session = models.CharField(_("session"), max_length=9, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    asker = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="questions_asked", verbose_name=_("asker")
    )
    addressee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="questions_received", verbose_name=_("addressee")
    )
    office = models.CharField(_("office"), max_length=400, blank=True, help_text=_("of the addressee, as printed"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_question_per_position")]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}".strip()


class Speech(models.Model):
    """One turn: the running text somebody spoke, and where each character of it stands in the text as read."""

    class Capacities(models.TextChoices):
        CHAIR = Capacity.CHAIR.value, CAPACITIES[Capacity.CHAIR]
        MINISTER = Capacity.MINISTER.value, CAPACITIES[Capacity.MINISTER]
        MEMBER = Capacity.MEMBER.value, CAPACITIES[Capacity.MEMBER]
        OTHER = Capacity.OTHER.value, CAPACITIES[Capacity.OTHER]

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="speeches", verbose_name=_("agenda item"))
    position = models.PositiveIntegerField(_("position"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="speeches", verbose_name=_("person")
    )
    label = models.CharField(_("as printed"), max_length=300, blank=True)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacities)
    party = models.CharField(_("party"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    pieces = models.JSONField(default=list, help_text=_("[offset in text, offset in the document, length]"))
    notes = models.JSONField(default=list, help_text=_("[offset in text, words] of stage and editor's notes"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(_("page"), default=1)
    answer_to = models.CharField(_("answers question"), max_length=10, blank=True)
    heading = models.TextField(
        _("headings"), blank=True, help_text=_("above a section of a policy note, one to a line")
    )

    objects = SpeechQuerySet.as_manager()

    class Meta:
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_speech_per_position")]

    def __str__(self) -> str:
        return f"{self.label or self.person or _('unknown')}: {self.text[:60]}"

    @property
    def gone(self) -> bool:
        """The newest version of the document no longer has it; it is kept for what was judged on it."""
        return self.start >= self.end

    @property
    def passage(self) -> Passage:
        return Passage(self.text, tuple((a, b, c) for a, b, c in self.pieces))
