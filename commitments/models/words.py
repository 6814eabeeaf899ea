"""How often words are used, to know how much each tells."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordCount(models.Model):
    """In how many agenda items a word (as engine.followups.words leaves it) is said. Kept by services.indexing."""

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    items = models.PositiveIntegerField(_("agenda items"), default=0)

    class Meta:
        verbose_name = _("word count")
        verbose_name_plural = _("word counts")

    def __str__(self) -> str:
        return f"{self.word}: {self.items}"
