"""What was promised elsewhere than in parliament."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields


class OutsideStatement(DeadlineFields):
    """The words of a promise made outside parliament, typed in by a person with where they can be found.

    It stands first among what is said of its commitment, as a first statement does. Without `public` it is for those
    who keep the tracker, and so is its commitment.
    """

    uid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True, editable=False)
    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="outside", verbose_name=_("commitment"))
    quote = models.TextField(_("quote"))
    said_on = models.DateField(_("said on"))
    source_name = models.CharField(_("source"), max_length=300, help_text=_("where it was said: a paper, a programme"))
    source_url = models.URLField(_("address of the source"), max_length=600, blank=True)
    public = models.BooleanField(_("public"), default=False, help_text=_("shown to everybody, with its source"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("statement outside parliament")
        verbose_name_plural = _("statements outside parliament")
        ordering = ["said_on", "pk"]

    def __str__(self) -> str:
        return self.quote[:80]
