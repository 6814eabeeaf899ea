"""What the reviewers' decisions taught the engine."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LearnedWeights(models.Model):
    """Weights learned from reviews, with what they changed on the labelled documents.

    The newest one in use takes the place of the weights that ship. One that was refused made the labelled documents
    worse; it is kept to be looked at and is never used.
    """

    class State(models.TextChoices):
        IN_USE = "in_use", _("in use")
        RETIRED = "retired", _("no longer in use")
        REFUSED = "refused", _("refused")

    learned_on = models.DateField(_("learned on"))
    learned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    state = models.CharField(_("state"), max_length=8, choices=State)
    accepted = models.PositiveIntegerField(_("accepted statements learned from"))
    rejected = models.PositiveIntegerField(_("rejected statements learned from"))
    before = models.JSONField(_("before"), default=dict, help_text=_("recall, precision, F1 on labelled documents"))
    after = models.JSONField(_("after"), default=dict, help_text=_("recall, precision, F1 on labelled documents"))
    weights = models.JSONField(_("weights"), default=dict, help_text=_("as weights.toml lays them out"))

    class Meta:
        verbose_name = _("learned weights")
        verbose_name_plural = _("learned weights")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="in_use"), name="one_set_of_weights_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learned_on}: {self.get_state_display()}"
