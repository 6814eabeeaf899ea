"""Whether the engine has read a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.querysets import ExtractionQuerySet
from transcripts.models import Document


class Extraction(models.Model):
    """Whether the engine has read a document: what waits or failed is found here, whatever became of the queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    document = models.OneToOneField(Document, models.CASCADE, related_name="extraction", verbose_name=_("document"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    engine_version = models.CharField(_("engine"), max_length=16, blank=True, help_text=_("of its code and rules"))
    followed_by = models.CharField(
        _("follow-ups sought by"), max_length=16, blank=True, help_text=_("the engine that compared it with promises")
    )
    attempts = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("begun and not ended since it was last read")
    )
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
