"""What kinds of promise there are, and the fields of a deadline."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.engine.types import CommitmentKind, Modifier, Precision


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
