"""What changed of what everybody may see: noted by the database, numbered afterwards, told to who keeps a copy."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedChange(models.Model):
    """Something that a row of the feed shows was changed. Only triggers write it (commitments.changes); then numbered.

    object_id: the key of the row; without one it may be any row of that kind that hangs on a mandate.
    """

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("change of the feed, not numbered")
        verbose_name_plural = _("changes of the feed, not numbered")

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class FeedEntry(models.Model):
    """One row that was ever shown, and the number of its last change; `gone` where it is shown no more.

    Numbers are given to changes that everybody can see already, one run after the other. So whoever read as far as a
    number missed nothing before it, however late the change of it was committed. Moments rise with the numbers.
    """

    kind = models.CharField(max_length=12)
    uid = models.UUIDField(_("permanent id"))
    object_id = models.BigIntegerField()
    number = models.BigIntegerField()
    changed_at = models.DateTimeField(_("changed"))
    gone = models.BooleanField(_("gone"), default=False)

    class Meta:
        verbose_name = _("entry of the feed")
        verbose_name_plural = _("entries of the feed")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "uid"], name="one_feed_entry_per_row"),
            models.UniqueConstraint(fields=["kind", "number"], name="one_feed_entry_per_number"),
        ]
        indexes = [
            models.Index(fields=["kind", "object_id"], name="feed_entry_object"),  # which entry a changed row has
            models.Index(fields=["kind", "changed_at"], name="feed_entry_moment"),  # what changed since a moment
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
