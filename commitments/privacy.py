"""Whose rows a viewer sees: an office's notes, priorities, labels and watch list are its members' alone.

Every question about them begins with `seen_by`, which takes the viewer. There is no way around it for whoever
administers the site: it takes a membership, and a membership leaves a trace that the office's members see.
"""

from collections.abc import Collection
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

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

    def seen_by_each(self, viewers: Collection[int]) -> Any:
        """As seen_by for each of these people (ids): a row for each of them who sees it, annotated with `viewer`."""
        return _for_each(self, "team", viewers)


class TaggingQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        """The labels that the viewer's own offices gave."""
        return self.filter(tag__team__in=_teams().of(viewer))

    def seen_by_each(self, viewers: Collection[int]) -> Any:
        return _for_each(self, "tag__team", viewers)


class OwnQuerySet(models.QuerySet):
    """Of rows that are one person's alone."""

    def seen_by(self, viewer: Viewer) -> Self:
        return self.filter(user=viewer.pk) if _known(viewer) else self.none()

    def seen_by_each(self, viewers: Collection[int]) -> Any:
        """Rows of each of these people (ids) who may log in, annotated with `viewer`, whose row it is."""
        own: Any = self.annotate(viewer=F("user"))
        return own.filter(viewer__in=viewers, user__is_active=True)


class FeedAddressQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        return self.filter(user=viewer.pk) if _known(viewer) else self.none()

    def opened_by(self, fingerprint: str) -> Self:
        """The one that a secret with this fingerprint opens, while it gives something: whoever asks has the secret."""
        return self.giving().filter(fingerprint=fingerprint)

    def giving(self) -> Self:
        """Those that still give something: not revoked, of somebody who may log in and is in the office until now.

        Who leaves an office and comes back makes a new one: the membership has to be older than the address.
        """
        from commitments.models import Membership

        since_then = Membership.objects.filter(
            team=OuterRef("team"), user=OuterRef("user"), since__lte=OuterRef("made_at")
        )
        return self.filter(Q(team__isnull=True) | Exists(since_then), ended_at__isnull=True, user__is_active=True)


class WatchQuerySet(models.QuerySet):
    def seen_by(self, viewer: Viewer) -> Self:
        """What the viewer watches alone, and what the viewer's own offices watch."""
        if not _known(viewer):
            return self.none()
        return self.filter(Q(user=viewer.pk) | Q(team__in=_teams().of(viewer)))

    def seen_by_each(self, viewers: Collection[int]) -> Any:
        """As seen_by for each of these people (ids): a row for each of them who sees it, annotated with `viewer`.

        One that is on two of somebody's lists comes twice.
        """
        of_each: Any = self.annotate(
            viewer=Coalesce("user", "team__memberships__user"),
            viewer_active=Coalesce("user__is_active", "team__memberships__user__is_active"),
        )
        return of_each.filter(viewer__in=viewers, viewer_active=True)


def _for_each(rows: Any, team: str, viewers: Collection[int]) -> Any:
    # One join for both annotations: of each membership, who it is and whether that person may log in.
    of_each = rows.annotate(
        viewer=F(f"{team}__memberships__user"), viewer_active=F(f"{team}__memberships__user__is_active")
    )
    return of_each.filter(viewer__in=viewers, viewer_active=True)


def _teams() -> TeamQuerySet:
    from commitments.models import Team

    return Team.objects.all()
