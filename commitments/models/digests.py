"""Who gets a mail about what was promised, when and about what; and what was in each."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.delivery import Delivery, RefusedAddress
from commitments.models.offices import Tag
from commitments.models.searches import SavedSearch
from commitments.subscription_querysets import DigestQuerySet, SubscriptionQuerySet
from transcripts.models import Person


class Rhythms(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    DAILY = "daily", _("every day")
    CHANGES = "changes", _("only when something changed")  # looked at once a day


class Weekdays(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Subscription(RefusedAddress):
    """Somebody who gets the digest. New columns have a default in the database, for the version before that runs on."""

    Rhythm = Rhythms
    Weekday = Weekdays

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscription", verbose_name=_("user")
    )
    active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=10, default="nl-be")
    rhythm = models.CharField(
        _("how often"), max_length=7, choices=Rhythms, default=Rhythms.WEEKLY, db_default=Rhythms.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"), choices=Weekdays, default=Weekdays.MONDAY, db_default=Weekdays.MONDAY
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"), default=7, db_default=7, validators=[MaxValueValidator(23)], help_text=_("Brussels time, 0 to 23")
    )
    also_when_nothing = models.BooleanField(_("also when there is nothing to tell"), default=True, db_default=True)
    everything = models.BooleanField(
        _("about everything"), default=True, db_default=True, help_text=_("or only about the topics that were chosen")
    )

    objects = SubscriptionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.CheckConstraint(condition=models.Q(weekday__lte=6, hour__lte=23), name="hour_of_a_week")]

    def __str__(self) -> str:
        return str(self.user)


class Topic(models.Model):
    """One thing a subscription is about. Nobody but the subscriber sees it: words and labels are an office's own."""

    class Kind(models.TextChoices):
        MINISTER = "minister", _("minister")
        PORTFOLIO = "portfolio", _("portfolio")
        COMMITTEE = "committee", _("committee")
        MEMBER = "member", _("member of parliament who asked, or to whom it was promised")
        LABEL = "label", _("label")
        WORDS = "words", _("words")
        WATCH_LIST = "watch_list", _("watch list")
        SEARCH = "search", _("saved search")

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="topics", verbose_name=_("subscription")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    label = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("label"))
    search = models.ForeignKey(
        SavedSearch, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("saved search")
    )
    words = models.CharField(
        _("words"),
        max_length=400,
        blank=True,
        help_text=_("a portfolio or a committee as printed, or words to look for"),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "label"], condition=models.Q(label__isnull=False), name="topic_once_by_a_label"
            ),
            models.UniqueConstraint(
                fields=["subscription", "search"],
                condition=models.Q(search__isnull=False),
                name="topic_once_by_a_search",
            ),
            models.UniqueConstraint(
                fields=["subscription", "kind", "words"],
                condition=models.Q(person__isnull=True, label__isnull=True, search__isnull=True),
                name="topic_once_by_words",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind="search", search__isnull=False, person__isnull=True, label__isnull=True, words="")
                    | models.Q(kind__in=["minister", "member"], person__isnull=False, label__isnull=True, words="")
                    | models.Q(kind="label", person__isnull=True, label__isnull=False, words="")
                    | models.Q(kind="watch_list", person__isnull=True, label__isnull=True, words="")
                    | models.Q(kind__in=["portfolio", "committee", "words"], person__isnull=True, label__isnull=True)
                    & ~models.Q(words="")
                ),
                name="topic_names_its_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Digest(Delivery):
    """One digest for one subscriber and one period: claimed with its items before it is sent, so sent once."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="digests", verbose_name=_("subscription")
    )
    # The column keeps the name it had when there were only weeks: the version before goes on writing it.
    period = models.DateField(
        _("period"), db_column="week", help_text=_("the Monday of the week it is for, or the day of a daily one")
    )
    rhythm = models.CharField(
        _("how often"), max_length=7, choices=Rhythms, default=Rhythms.WEEKLY, db_default=Rhythms.WEEKLY
    )
    items = models.JSONField(default=dict, help_text=_("ids of the commitments per block, and of the events told"))
    nothing = models.BooleanField(
        _("nothing to tell"), default=False, db_default=False, help_text=_("so no mail was wanted")
    )
    claimed_at = models.DateTimeField(_("claimed"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-period", "-pk"]
        constraints = [
            *Delivery.Meta.constraints,
            models.UniqueConstraint(fields=["subscription", "period", "rhythm"], name="one_digest_per_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.subscription}"
