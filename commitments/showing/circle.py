"""Whose promises a page is about: everybody's, those on one's own watch list, or those an office marked.

It stands in the address (`van`), so that a page can be sent on and opened again; an office one does not work for is as
unknown as one that never was, and then the page is about everybody's.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.models import Priority, Tagging, Team, Watch
from commitments.privacy import Viewer
from commitments.querysets import CommitmentQuerySet

NAME = "van"
ALL, WATCH_LIST = "", "volglijst"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    address: str
    chosen: bool


class Circle:
    """Read from the address; `narrow` holds commitments to it."""

    def __init__(self, given: QueryDict, viewer: Viewer) -> None:
        self._given = given
        self.viewer = viewer

    @cached_property
    def teams(self) -> list[Team]:
        return list(Team.objects.of(self.viewer)) if self.viewer.is_authenticated else []

    @cached_property
    def team(self) -> Team | None:
        asked = self._given.get(NAME, ALL)
        if asked in (ALL, WATCH_LIST):
            return None
        return next((one for one in self.teams if str(one.uid) == asked), None)

    @property
    def value(self) -> str:
        """What was chosen, as the address says it; empty for everybody's."""
        if self.team is not None:
            return str(self.team.uid)
        asked = self.viewer.is_authenticated and self._given.get(NAME) == WATCH_LIST
        return WATCH_LIST if asked else ALL

    def narrow(self, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
        if self.value == ALL:
            return commitments
        watched = Watch.objects.seen_by(self.viewer)
        if self.team is None:
            return commitments.filter(uid__in=watched.values("commitment"))
        priorities = Priority.objects.seen_by(self.viewer).filter(team=self.team)
        labelled = Tagging.objects.seen_by(self.viewer).filter(tag__team=self.team)
        return commitments.filter(
            Q(uid__in=watched.filter(team=self.team).values("commitment"))
            | Q(uid__in=priorities.values("commitment"))
            | Q(uid__in=labelled.values("commitment"))
        )

    def choices(self) -> list[Choice]:
        """What can be chosen, each with its address; nothing for who is not logged in."""
        if not self.viewer.is_authenticated:
            return []
        offered = [(ALL, _("All")), (WATCH_LIST, _("My watch list"))]
        offered += [(str(one.uid), one.name) for one in self.teams]
        return [Choice(value, words, self._address(value), value == self.value) for value, words in offered]

    def _address(self, value: str) -> str:
        given = self._given.copy()
        given.pop(NAME, None)
        given.pop("from", None)  # a place in the list as it was narrowed before
        if value:
            given[NAME] = value
        return f"?{given.urlencode()}"
