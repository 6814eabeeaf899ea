"""Whose rows a viewer sees: an office's notes, priorities, labels and watch list are its members' alone.

Every question about them begins with `seen_by`, which takes the viewer. There is no way around it for whoever
administers the site: it takes a membership, and a membership leaves a trace that the office's members see.
"""

from typing import Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

Viewer = User | AnonymousUser


def _known(viewer: Viewer) -> bool:
    return viewer.is_authenticated and viewer.is_active


class TeamQuerySet(models.QuerySet):
    def of(self, viewer: Viewer) -> Self:
        """The offices the viewer works for."""
        return self.filter(memberships__user=viewer.pk) if _known(viewer) else self.none()

    def managed_by(self, viewer: Viewer) -> Self:
        """The offices the viewer manages."""
        return self.of(viewer).filter(memberships__user=viewer.pk, memberships__role="manager")


class MembershipQuerySet(models.QuerySet):
    def of(self, viewer: Viewer) -> Self:
        """The viewer's own memberships."""
        return self.filter(user=viewer.pk) if _known(viewer) else self.none()

    def managed_by(self, viewer: Viewer) -> Self:
        """Everybody's memberships of the offices the viewer manages."""
        return self.filter(team__in=_teams().managed_by(viewer))


class OfficeQuerySet(models.QuerySet):
    """Of rows with a `team`."""

    def seen_by(self, viewer: Viewer) -> Self:
        """The rows of the viewer's own offices, whatever else the viewer may do on the site."""
        return self.filter(team__in=_teams().of(viewer))


class TaggingQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        """The labels that the viewer's own offices gave."""
        return self.filter(tag__team__in=_teams().of(viewer))


class WatchQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        """What the viewer watches alone, and what the viewer's own offices watch."""
        if not _known(viewer):
            return self.none()
        return self.filter(Q(user=viewer.pk) | Q(team__in=_teams().of(viewer)))


def _teams() -> TeamQuerySet:
    from commitments.models import Team

    return Team.objects.all()
