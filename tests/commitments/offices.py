"""Two offices with the same people in them, of which one has kept something for itself."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import User
from django.test import Client

from commitments.models import Commitment, Membership, Note, Tag, Team
from commitments.services import offices
from tests import rows

DAY = date(2026, 4, 6)
# What only office A may read: its note now and before, its label.
NOTE, NOTE_BEFORE, LABEL = "zilvermeeuw", "stormmeeuw", "kokmeeuw"
SECRETS = (NOTE, NOTE_BEFORE, LABEL)
ROLES = tuple(Membership.Role.values)
MEMBERS = {f"{team}_{role}": (team, role) for team in "ab" for role in ROLES} | {"a_author": ("a", "reviewer")}
PERSONAS = ("anonymous", "stranger", *MEMBERS, "superuser")
OUTSIDE_A = tuple(one for one in PERSONAS if not one.startswith("a_"))


@dataclass
class World:
    """One promise, two offices, and everybody who could come to a door. `keep()` lets office A write."""

    commitment: Commitment
    users: dict[str, User]
    a: Team
    b: Team
    note: Note | None = field(default=None)
    label: Tag | None = field(default=None)

    def client(self, persona: str) -> Client:
        client = Client()
        if persona != "anonymous":
            client.force_login(self.users[persona])
        return client

    def keep(self) -> "World":
        author, day = self.users["a_author"], DAY
        note = offices.add_note(team=self.a, commitment=self.commitment, text=NOTE_BEFORE, actor=author, day=day)
        self.note = offices.edit_note(note=note, text=NOTE, actor=author, day=day)
        self.label = offices.make_tag(team=self.a, name=LABEL, actor=self.users["a_manager"], day=day)
        offices.mark(
            team=self.a,
            commitment=self.commitment,
            actor=author,
            day=day,
            priority="high",
            tags=[self.label],
            watched=True,
        )
        return self


def world() -> World:
    boss = User.objects.create_superuser("superuser", email="superuser@example.org")
    teams = {name: offices.found_team(name=f"Fractie {name.upper()}", actor=boss, day=DAY) for name in "ab"}
    users = {"superuser": boss, "stranger": User.objects.create_user("stranger", email="stranger@example.org")}
    for name, (team, role) in MEMBERS.items():
        users[name] = User.objects.create_user(name, email=f"{name}@example.org")
        offices.set_member(team=teams[team], user=users[name], role=role, actor=boss, day=DAY)
    return World(rows.commitment(title="Rapport bezorgen"), users, teams["a"], teams["b"])
