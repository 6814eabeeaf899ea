"""What a viewer's own offices keep about what is shown: dossiers on one promise, marks on the lines of a list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from commitments.models import Commitment, Membership, Note, OfficeEvent, Priority, Tag, Tagging, Team, Watch
from commitments.models.offices import LONGEST_NOTE
from commitments.privacy import Viewer

LATEST = 20


@dataclass(slots=True)
class Marks:
    """What an office says of one commitment. priority: a Priority.Level, or empty; labels: by name."""

    team: Team
    priority: str = ""
    labels: list[Tag] = field(default_factory=list)
    watched: bool = False

    @property
    def priority_words(self) -> str:
        return str(Priority.Level(self.priority).label) if self.priority else ""


@dataclass(slots=True)
class Dossier:
    """All that one office keeps about one commitment, and what this viewer may do with it."""

    membership: Membership
    marks: Marks
    all_labels: list[Tag]
    notes: list[Note]
    trail: list[OfficeEvent]

    @property
    def team(self) -> Team:
        return self.marks.team

    levels = Priority.Level.choices
    longest_note = LONGEST_NOTE

    @property
    def may_write(self) -> bool:
        return self.membership.writes

    @property
    def may_manage(self) -> bool:
        return self.membership.role == Membership.Role.MANAGER


def dossiers(viewer: Viewer, commitment: Commitment) -> list[Dossier]:
    """Return one dossier for each office of the viewer, in a fixed number of queries; none for a stranger."""
    memberships = list(Membership.objects.of(viewer).select_related("team"))
    if not memberships:
        return []
    of_one = {"commitment": commitment}
    notes: dict[int, list[Note]] = defaultdict(list)
    for note in Note.objects.seen_by(viewer).filter(**of_one).select_related("author"):
        notes[note.team_id].append(note)
    trail: dict[int, list[OfficeEvent]] = defaultdict(list)
    for event in OfficeEvent.objects.seen_by(viewer).filter(**of_one).select_related("actor"):
        trail[event.team_id].append(event)
    labels: dict[int, list[Tag]] = defaultdict(list)
    for tag in Tag.objects.seen_by(viewer):
        labels[tag.team_id].append(tag)
    marks = marks_on(viewer, [commitment])[commitment.uid]
    by_team = {one.team.pk: one for one in marks}
    return [
        Dossier(
            membership=one,
            marks=by_team.get(one.team_id, Marks(one.team)),
            all_labels=labels[one.team_id],
            notes=notes[one.team_id],
            trail=trail[one.team_id],
        )
        for one in memberships
    ]


def marks_on(viewer: Viewer, commitments: Iterable[Commitment]) -> dict[UUID, list[Marks]]:
    """Return what the viewer's offices say of each commitment, by its permanent id; nothing where they say nothing.

    A fixed number of queries, however many commitments.
    """
    found: dict[UUID, dict[int, Marks]] = {one.uid: {} for one in commitments}
    if found and viewer.is_authenticated:
        on_these = {"commitment__in": list(found)}

        def of(uid: UUID, team: Team) -> Marks:
            return found[uid].setdefault(team.pk, Marks(team))

        for priority in Priority.objects.seen_by(viewer).filter(**on_these).select_related("team"):
            of(priority.commitment_id, priority.team).priority = priority.level
        given = Tagging.objects.seen_by(viewer).filter(**on_these).select_related("tag__team")
        for tagging in given.order_by("tag__name"):
            of(tagging.commitment_id, tagging.tag.team).labels.append(tagging.tag)
        watched = Watch.objects.seen_by(viewer).filter(**on_these, team__isnull=False).select_related("team")
        for watch in watched:
            of(watch.commitment_id, watch.team).watched = True
    return {uid: sorted(by_team.values(), key=lambda one: one.team.name) for uid, by_team in found.items()}


def watches_alone(viewer: Viewer, commitment: Commitment) -> bool:
    return Watch.objects.seen_by(viewer).filter(commitment=commitment, team__isnull=True).exists()


@dataclass(frozen=True, slots=True)
class Room:
    """An office as its members find it: who works there, what was written last, what changed in the office itself."""

    team: Team
    members: list[Membership]
    notes: list[Note]
    trail: list[OfficeEvent]


def rooms(viewer: Viewer) -> list[Room]:
    """Return the viewer's offices, each with its latest LATEST notes and changes."""
    published = Commitment.objects.published()
    return [
        Room(
            team=team,
            members=list(team.memberships.select_related("user").order_by("user__username")),
            notes=list(
                Note.objects.seen_by(viewer)
                .filter(team=team, commitment__in=published)
                .select_related("author", "commitment")
                .order_by("-at")[:LATEST]
            ),
            trail=list(
                OfficeEvent.objects.seen_by(viewer)
                .filter(team=team, commitment__isnull=True)
                .select_related("actor")[:LATEST]
            ),
        )
        for team in Team.objects.of(viewer)
    ]
