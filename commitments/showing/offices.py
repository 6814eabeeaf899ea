"""What a viewer's own offices keep about what is shown: dossiers on one promise, marks on the lines of a list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import CharField, F, QuerySet, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from commitments.models import Commitment, Membership, Note, OfficeEvent, Priority, Tag, Tagging, Team, Watch
from commitments.models.offices import LONGEST_NOTE
from commitments.privacy import Viewer

LATEST = 20
_NOTHING = Value("", CharField())
_NO_LABEL = Cast(Value(None), UUIDField())
_COMMITMENT = F("commitment")


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

    marks: Marks
    role: str
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
        return self.role in Membership.WRITING

    @property
    def may_manage(self) -> bool:
        return self.role == Membership.Role.MANAGER


@dataclass(frozen=True, slots=True)
class Kept:
    """What a viewer sees kept about one commitment: by each of the offices, and on the viewer's own watch list."""

    dossiers: list[Dossier]
    watched_alone: bool


def kept_about(viewer: Viewer, commitment: Commitment) -> Kept:
    """Return one dossier for each office of the viewer, in three queries at most; none for a stranger."""
    uid = commitment.uid
    marks: dict[int, Marks] = {}
    roles: dict[int, str] = {}
    labels: dict[int, list[Tag]] = defaultdict(list)
    alone = False
    for said in _told(viewer, [uid], *_around(viewer, uid)):
        if said.what == "alone":
            alone = True
            continue
        mark = marks.setdefault(said.team.pk, Marks(said.team))
        if said.what == "member":
            roles[said.team.pk] = said.words
        elif said.what == "known":
            labels[said.team.pk].append(said.label)
        else:
            said.put_on(mark)
    notes: dict[int, list[Note]] = defaultdict(list)
    trail: dict[int, list[OfficeEvent]] = defaultdict(list)
    if roles:
        for note in Note.objects.seen_by(viewer).filter(commitment=commitment).select_related("author"):
            notes[note.team_id].append(note)
        for event in OfficeEvent.objects.seen_by(viewer).filter(commitment=commitment).select_related("actor"):
            trail[event.team_id].append(event)
    found = [
        Dossier(marks=marks[pk], role=role, all_labels=labels[pk], notes=notes[pk], trail=trail[pk])
        for pk, role in roles.items()
    ]
    return Kept(sorted(found, key=lambda one: one.team.name), alone)


def marks_on(viewer: Viewer, commitments: Iterable[Commitment]) -> dict[UUID, list[Marks]]:
    """Return what the viewer's offices say of each commitment, by its permanent id; nothing where they say nothing.

    One query, however many commitments.
    """
    found: dict[UUID, dict[int, Marks]] = {one.uid: {} for one in commitments}
    for said in _told(viewer, list(found)):
        said.put_on(found[said.about].setdefault(said.team.pk, Marks(said.team)))
    return {uid: sorted(by_team.values(), key=lambda one: one.team.name) for uid, by_team in found.items()}


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that an office keeps. what: "priority", "label" or "watch"; "member" and "known" (a label that may be
    given) of the office itself; "alone" of the viewer, with no office.
    """

    about: UUID
    what: str
    words: str
    label_id: UUID | None
    team: Team

    @property
    def label(self) -> Tag:
        return Tag(pk=self.label_id, name=self.words, team=self.team)

    def put_on(self, marks: Marks) -> None:
        if self.what == "priority":
            marks.priority = self.words
        elif self.what == "label":
            marks.labels.append(self.label)
        elif self.what == "watch":
            marks.watched = True


def _told(viewer: Viewer, uids: list[UUID], *others: QuerySet) -> Iterator[_Told]:
    """Give what the viewer's offices say of these commitments, and what these other rows tell, in one query.

    By words: labels come in the order of their names.
    """
    if not uids or not viewer.is_authenticated:
        return
    on_these = {"commitment__in": uids}
    given = _row(
        Tagging.objects.seen_by(viewer).filter(**on_these), "label", F("tag__name"), F("tag"), team="tag__team"
    )
    priorities = _row(Priority.objects.seen_by(viewer).filter(**on_these), "priority", F("level"))
    watched = _row(Watch.objects.seen_by(viewer).filter(**on_these, team__isnull=False), "watch")
    rows = given.union(priorities, watched, *others, all=True)
    for about, what, words, label, *team in sorted(rows, key=lambda row: row[2]):
        pk, uid, name, kind = team
        yield _Told(about, what, words, label, Team(pk=pk, uid=uid, name=name, kind=kind))


def _around(viewer: Viewer, uid: UUID) -> tuple[QuerySet, ...]:
    """Rows that tell whom the viewer works for, which labels there are, and what the viewer watches alone."""
    about = Value(uid, UUIDField())
    return (
        _row(Membership.objects.of(viewer), "member", F("role"), about=about),
        _row(Tag.objects.seen_by(viewer), "known", F("name"), F("pk"), about=about),
        _row(Watch.objects.seen_by(viewer).filter(commitment__in=[uid], team__isnull=True), "alone"),
    )


def _row(
    rows: QuerySet,
    what: str,
    words: Combinable = _NOTHING,
    label: Combinable = _NO_LABEL,
    *,
    team: str = "team",
    about: Combinable = _COMMITMENT,
) -> QuerySet:
    office = (F(team), F(f"{team}__uid"), F(f"{team}__name"), F(f"{team}__kind"))
    return rows.order_by().values_list(about, Value(what), words, label, *office)


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
