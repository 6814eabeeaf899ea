"""How far a digest is on its way to its reader, and what happened to it on the way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """The columns of a digest that its sending keeps (services/sending.py). Each suits the code of a version before."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENDING = "sending", _("in hand")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("uncertain: handed over, and no answer came")
        FAILED = "failed", _("failed")
        REFUSED = "refused", _("address refused")
        PASSED = "passed", _("passed over: a later one tells it")

    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING, db_default=State.WAITING, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, db_default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)  # none: at once
    # Who has it in hand: the run's own number, kept where it is uncertain, and until when nobody else may take it.
    lease = models.UUIDField(_("run"), null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(_("in hand until"), null=True, blank=True, editable=False)
    # When who can mend it was told that it is uncertain or failed (services/troubles.py).
    trouble_told_at = models.DateTimeField(_("trouble told"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        # What is in hand is in somebody's hand, and until some time.
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(lease__isnull=False, lease_until__isnull=False),
                name="in_hand_of_a_run",
            )
        ]


class RefusedAddress(models.Model):
    """The columns of a subscription whose address a mail server refused for good (services/refusals.py)."""

    refused_at = models.DateTimeField(_("address refused"), null=True, blank=True, editable=False)
    refused_address = models.CharField(
        _("refused address"), max_length=254, blank=True, default="", db_default="", editable=False
    )
    refused_words = models.CharField(
        _("words of the mail server"), max_length=520, blank=True, default="", db_default="", editable=False
    )
    refusal_told_at = models.DateTimeField(_("refusal told"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class DeliveryNote(models.Model):
    """One attempt at a digest that got no yes, or somebody who had it sent again."""

    class Kind(models.TextChoices):
        TEMPORARY = "temporary", _("not taken, to be tried again")
        REFUSED = "refused", _("address refused for good")
        UNKNOWN = "unknown", _("handed over, and no answer came")
        AWAY = "away", _("no mail server to be reached")
        NO_LOGIN = "no_login", _("the mail server refuses the name or the password of this site")
        UNTRUSTED = "untrusted", _("no safe connection with the mail server")
        UNMADE = "unmade", _("the mail could not be made")
        CUT_OFF = "cut_off", _("the program ended before it was handed over")
        AGAIN = "again", _("to be sent again")

    digest = models.ForeignKey(
        "commitments.Digest", models.CASCADE, related_name="delivery_notes", verbose_name=_("digest")
    )
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=9, choices=Kind)
    address = models.CharField(_("address"), max_length=254, blank=True, default="")
    code = models.PositiveSmallIntegerField(_("code"), null=True, blank=True)
    words = models.CharField(_("words"), max_length=500, blank=True, default="")  # the mail server's, as they came
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("delivery note")
        verbose_name_plural = _("delivery notes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return " ".join(str(one) for one in (self.get_kind_display(), self.code, self.words) if one)
