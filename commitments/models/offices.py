"""What an office keeps for itself about what was promised: shared facts, private notes.

A private row is found through `objects.seen_by(viewer)` only, hangs on no commitment by a name of its own (so that no
page reaches it by the way), says nothing in `str()` where the admin could print that for others, keeps no raw history,
and has an id that does not count how many there are.

It names its commitment by the permanent id, without a tie in the database: a commitment that goes when a judgement is
undone comes back under the same id, and the office finds its notes again.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models.commitments import Commitment
from commitments.privacy import (
    MembershipQuerySet,
    OfficeQuerySet,
    OwnQuerySet,
    TaggingQuerySet,
    TeamQuerySet,
    WatchQuerySet,
)

LONGEST_NOTE = 5000  # characters
OFFICE = pgettext_lazy("people who work together", "office")  # not the office a minister holds


class Team(models.Model):
    """An office: a fraction, one member's staff, a service."""

    class Kind(models.TextChoices):
        FRACTION = "fraction", _("fraction")
        MEMBER = "member", _("member's office")
        SERVICE = "service", _("service")

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.FRACTION)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = OFFICE
        verbose_name_plural = _("offices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody works for an office. What a role may do beyond the office stands in commitments/roles.py."""

    class Role(models.TextChoices):
        READER = "reader", pgettext_lazy("role", "reader")
        REVIEWER = "reviewer", _("reviewer")
        MANAGER = "manager", _("manager")

    WRITING = (Role.REVIEWER, Role.MANAGER)  # may write for the office
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", verbose_name=OFFICE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.READER)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of an office")
        verbose_name_plural = _("members of an office")
        ordering = ["team__name", "user__username"]
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_role_per_member")]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"

    @property
    def writes(self) -> bool:
        return self.role in self.WRITING


class PrivateRow(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


def _office(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(Team, models.CASCADE, related_name="+", verbose_name=OFFICE, **options)


def _commitment(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        Commitment,
        models.DO_NOTHING,
        to_field="uid",
        db_constraint=False,
        related_name="+",
        verbose_name=_("commitment"),
        **options,
    )


class Note(PrivateRow):
    team = _office()
    commitment = _commitment()
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    day = models.DateField(_("written on"))
    edited_on = models.DateField(_("edited on"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["team", "day"], name="note_since")]  # the digest: new to the office


class Priority(PrivateRow):
    """How much an office cares. Without a row it has not said."""

    class Level(models.TextChoices):
        HIGH = "high", _("high")
        NORMAL = "normal", _("normal")
        LOW = "low", _("low")

    team = _office()
    commitment = _commitment()
    level = models.CharField(_("priority"), max_length=6, choices=Level)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        constraints = [models.UniqueConstraint(fields=["team", "commitment"], name="one_priority_per_office")]


class Tag(PrivateRow):
    """A label of the office's own making."""

    team = _office()
    name = models.CharField(_("label"), max_length=50)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "team",
                Lower("name"),
                name="label_once_per_office",
                violation_error_message=_("This office has that label already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(PrivateRow):
    """A label on a commitment."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+", verbose_name=_("label"))
    commitment = _commitment()

    objects = TaggingQuerySet.as_manager()

    class Meta:
        verbose_name = _("given label")
        verbose_name_plural = _("given labels")
        constraints = [models.UniqueConstraint(fields=["tag", "commitment"], name="label_once_per_commitment")]


class Watch(PrivateRow):
    """A commitment on a watch list: that of an office, or one's own, which not even the office sees."""

    team = _office(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("user")
    )
    commitment = _commitment()

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watch lists")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team__isnull=False, user__isnull=True)
                | models.Q(team__isnull=True, user__isnull=False),
                name="watched_by_an_office_or_by_one",
            ),
            models.UniqueConstraint(fields=["team", "commitment"], name="watched_once_by_an_office"),
            models.UniqueConstraint(fields=["user", "commitment"], name="watched_once_by_one"),
        ]


class PutOff(PrivateRow):
    """Somebody does not want to be reminded of a commitment before a day. It changes nothing for anybody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    commitment = _commitment()
    until = models.DateField(_("until"), help_text=_("from this day on the mail tells of it again"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder put off")
        verbose_name_plural = _("reminders put off")
        constraints = [models.UniqueConstraint(fields=["user", "commitment"], name="put_off_once_by_one")]


class OfficeEvent(PrivateRow):
    """One change in an office: who, when, what, from, to. Apart from Event, which tells what everybody may see."""

    class Kind(models.TextChoices):
        FOUNDED = "founded", _("office founded")
        RENAMED = "renamed", _("office renamed")
        MEMBER = "member", _("member or role changed")
        NOTE_WRITTEN = "note_written", _("note written")
        NOTE_EDITED = "note_edited", _("note edited")
        NOTE_REMOVED = "note_removed", _("note removed")
        PRIORITY = "priority", _("priority changed")
        LABEL = "label", _("label changed")
        LABELS = "labels", _("labels given or taken")
        WATCH = "watch", _("watch list changed")
        MAIL_REFUSED = "mail_refused", _("mail refused, subscription switched off")
        KEY = "key", _("key for a program made or withdrawn")
        FEED_MADE = "feed_made", _("secret address of a feed made")
        FEED_REVOKED = "feed_revoked", _("secret address of a feed revoked")

    team = _office()
    commitment = _commitment(null=True, blank=True)
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    day = models.DateField(_("day"))
    before = models.JSONField(_("from"), default=dict)
    after = models.JSONField(_("to"), default=dict)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an office")
        verbose_name_plural = _("events of an office")
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["team", "commitment"], name="office_trail")]  # the trail on one promise
