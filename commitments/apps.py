from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = _("Commitments")

    def ready(self) -> None:
        from commitments import receivers  # noqa: F401  importing it connects it

        pre_migrate.connect(_drop_triggers, sender=self)
        post_migrate.connect(_make_triggers, sender=self)


def _drop_triggers(using: str, plan: Any = None, **_told: Any) -> None:
    """Take the triggers of the feed away before tables change (commitments.changes.triggers says why)."""
    from commitments import changes

    if plan:
        changes.drop(connections[using])


def _make_triggers(using: str, plan: Any = None, apps: Any = None, **_told: Any) -> None:
    """Make the triggers again, where the tables are those they are for, and tell everything once more.

    What a migration changed no trigger saw, nor what was written meanwhile.
    """
    from commitments import changes
    from commitments.services import feed

    if plan and changes.fit(apps):
        changes.make(connections[using])
        feed.tell_all_again()
