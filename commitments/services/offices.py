"""What an office does for itself: notes, priorities, labels and a watch list on the shared facts, and its own members.

Each verb asks the actor's role in that office and raises RoleError where it does not suffice, whatever else the
actor may do on the site. Each change leaves an OfficeEvent; one's own watch list leaves none.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Membership, Note, OfficeEvent, Priority, PutOff, Tag, Tagging, Team, Watch
from commitments.models.offices import LONGEST_NOTE
from commitments.roles import administers
from commitments.services.errors import RoleError, ServiceError

Kind = OfficeEvent.Kind
MANAGER = Membership.Role.MANAGER


@transaction.atomic
def found_team(*, name: str, actor: Any, day: date, kind: str = Team.Kind.FRACTION) -> Team:
    """Found an office; whoever administers the site does that. It has no members yet."""
    if not administers(actor, "commitments.add_team"):
        raise RoleError(_("Offices are founded by whoever administers the site."))
    team = Team.objects.create(name=name.strip(), kind=Team.Kind(kind))
    _tell(Kind.FOUNDED, team, actor, day, after={"name": team.name})
    return team


@transaction.atomic
def rename_team(*, team: Team, name: str, kind: str, actor: Any, day: date) -> Team:
    """Give an office another name or kind; whoever administers the site does that."""
    if not administers(actor, "commitments.change_team"):
        raise RoleError(_("Offices are renamed by whoever administers the site."))
    row = Team.objects.select_for_update().get(pk=team.pk)
    before = {"name": row.name, "kind": row.kind}
    row.name, row.kind = name.strip(), Team.Kind(kind)
    after = {"name": row.name, "kind": str(row.kind)}
    if after != before:
        row.save()
        _tell(Kind.RENAMED, row, actor, day, before=before, after=after)
    return row


@transaction.atomic
def set_member(*, team: Team, user: Any, role: str, actor: Any, day: date) -> Membership:
    """Take somebody into an office, or change the role. The same role again changes nothing.

    Raises RoleError, and ServiceError where the office would be left without a manager.
    """
    _must_manage_members(actor, team)
    if role != MANAGER:
        _must_leave_a_manager(team, user)
    row, created = Membership.objects.select_for_update().get_or_create(
        team=team, user=user, defaults={"role": Membership.Role(role)}
    )
    before = "" if created else row.role
    if before != role:
        row.role = Membership.Role(role)
        row.save(update_fields=["role"])
        _tell(Kind.MEMBER, team, actor, day, before=_member(user, before), after=_member(user, role))
    return row


@transaction.atomic
def remove_member(*, membership: Membership, actor: Any, day: date) -> None:
    """Let somebody leave an office: from now on nothing of it is seen. What was written stays with the office.

    Raises RoleError, and ServiceError where others would be left without a manager. Who is there alone may leave: an
    office that ends loses its members.
    """
    _must_manage_members(actor, membership.team)
    if Membership.objects.filter(team=membership.team).exclude(user=membership.user).exists():
        _must_leave_a_manager(membership.team, membership.user)
    _tell(Kind.MEMBER, membership.team, actor, day, before=_member(membership.user, membership.role))
    membership.delete()


@transaction.atomic
def add_note(*, team: Team, commitment: Commitment, text: str, actor: Any, day: date) -> Note:
    """Write a note on a commitment. Raises ServiceError for one without words or with too many."""
    _must_write(actor, team)
    note = Note.objects.create(team=team, commitment=commitment, text=_words(text), author=actor, day=day)
    _tell(Kind.NOTE_WRITTEN, team, actor, day, commitment, after={"text": note.text})
    return note


@transaction.atomic
def edit_note(*, note: Note, text: str, actor: Any, day: date) -> Note:
    """Change the words of a note; its author does that. The trail keeps what it said."""
    row = _locked(note, actor)
    if row.author_id != actor.pk:
        raise RoleError(_("A note is changed by who wrote it."))
    _must_write(actor, row.team)
    before, row.text = row.text, _words(text)
    if row.text != before:
        row.edited_on = day
        row.save(update_fields=["text", "edited_on"])
        _tell(Kind.NOTE_EDITED, row.team, actor, day, row.commitment, before={"text": before}, after={"text": row.text})
    return row


@transaction.atomic
def remove_note(*, note: Note, actor: Any, day: date) -> None:
    """Take a note away; its author does that, or a manager. The trail keeps what it said."""
    row = _locked(note, actor)
    if row.author_id == actor.pk:
        _must_write(actor, row.team)
    else:
        _must_manage(actor, row.team)
    _tell(Kind.NOTE_REMOVED, row.team, actor, day, row.commitment, before={"text": row.text})
    row.delete()


@transaction.atomic
def mark(
    *,
    team: Team,
    commitment: Commitment,
    actor: Any,
    day: date,
    priority: str = "",
    tags: Collection[Tag] = (),
    watched: bool = False,
) -> None:
    """Let an office's priority ("" for none), labels and watch list say this of a commitment, and nothing else.

    What already is so changes nothing. Raises ServiceError for a label of another office.
    """
    _must_write(actor, team)
    if any(tag.team_id != team.pk for tag in tags):
        raise ServiceError(_("That is no label of this office."))
    _set_priority(team, commitment, priority, actor, day)
    _set_labels(team, commitment, tags, actor, day)
    own = Watch.objects.seen_by(actor).filter(team=team, commitment=commitment)
    if watched != own.exists():
        if watched:
            Watch.objects.create(team=team, commitment=commitment)
        else:
            own.delete()
        _tell(Kind.WATCH, team, actor, day, commitment, before={"watched": not watched}, after={"watched": watched})


@transaction.atomic
def make_tag(*, team: Team, name: str, actor: Any, day: date) -> Tag:
    """Make a label for an office; a manager does that. Raises ServiceError where the office has it."""
    _must_manage(actor, team)
    tag = Tag.objects.create(team=team, name=_free_name(team, name, actor))
    _tell(Kind.LABEL, team, actor, day, after={"name": tag.name})
    return tag


@transaction.atomic
def rename_tag(*, tag: Tag, name: str, actor: Any, day: date) -> Tag:
    """Give a label another name, wherever it was given. Raises ServiceError where the office has that one too."""
    _must_manage(actor, tag.team)
    row = Tag.objects.seen_by(actor).get(pk=tag.pk)
    before, row.name = row.name, _free_name(row.team, name, actor, but=row)
    if row.name != before:
        row.save(update_fields=["name"])
        _tell(Kind.LABEL, row.team, actor, day, before={"name": before}, after={"name": row.name})
    return row


@transaction.atomic
def remove_tag(*, tag: Tag, actor: Any, day: date) -> None:
    """Take a label away from the office, and from every commitment that has it."""
    _must_manage(actor, tag.team)
    _tell(Kind.LABEL, tag.team, actor, day, before={"name": tag.name})
    tag.delete()


@transaction.atomic
def watch_alone(*, commitment: Commitment, user: Any, watched: bool) -> None:
    """Put a commitment on somebody's own watch list, or take it off; nobody else sees that."""
    if watched:
        Watch.objects.get_or_create(user=user, commitment=commitment)
    else:
        Watch.objects.seen_by(user).filter(user=user, commitment=commitment).delete()


@transaction.atomic
def put_off_alone(*, commitment: Commitment, user: Any, until: date) -> None:
    """Leave a commitment out of somebody's own mails before the day `until`; nobody else sees that."""
    row, _created = PutOff.objects.get_or_create(user=user, commitment=commitment, defaults={"until": until})
    if row.until != until:
        row.until = until
        row.save(update_fields=["until"])


def tell_again(*, commitment: Commitment, user: Any) -> None:
    """Let somebody's mails tell of a commitment again that was put off."""
    PutOff.objects.seen_by(user).filter(commitment=commitment).delete()


@transaction.atomic
def tell_mail_refused(*, user: Any, day: date) -> None:
    """Leave with each office somebody works for that a mail server refused the address; nobody did that."""
    for membership in Membership.objects.filter(user=user).select_related("team"):
        _tell(Kind.MAIL_REFUSED, membership.team, None, day, after={"user": user.get_username()})


@transaction.atomic
def tell_key(
    *, user: Any, actor: Any, day: date, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    """Leave with each office somebody works for that this person's key for a program was made or withdrawn."""
    for membership in Membership.objects.filter(user=user).select_related("team"):
        _tell(Kind.KEY, membership.team, actor, day, before=before, after=after)


def _set_priority(team: Team, commitment: Commitment, level: str, actor: Any, day: date) -> None:
    row = Priority.objects.seen_by(actor).filter(team=team, commitment=commitment).select_for_update().first()
    before = row.level if row else ""
    if level == before:
        return
    if row and level:
        row.level = Priority.Level(level)
        row.save(update_fields=["level"])
    elif row:
        row.delete()
    else:
        Priority.objects.create(team=team, commitment=commitment, level=Priority.Level(level))
    _tell(Kind.PRIORITY, team, actor, day, commitment, before={"priority": before}, after={"priority": level})


def _set_labels(team: Team, commitment: Commitment, tags: Collection[Tag], actor: Any, day: date) -> None:
    given = Tagging.objects.seen_by(actor).filter(tag__team=team, commitment=commitment).select_related("tag")
    before = {row.tag_id: row.tag.name for row in given}
    after = {tag.pk: tag.name for tag in tags}
    if before.keys() == after.keys():
        return
    given.exclude(tag__in=after).delete()
    for tag in tags:
        Tagging.objects.get_or_create(tag=tag, commitment=commitment)
    told = {"before": {"labels": sorted(before.values())}, "after": {"labels": sorted(after.values())}}
    _tell(Kind.LABELS, team, actor, day, commitment, **told)


def _must_write(actor: Any, team: Team) -> None:
    if not any(one.writes for one in Membership.objects.of(actor).filter(team=team)):
        raise RoleError(_("Your role in this office is to read."))


def _must_manage(actor: Any, team: Team) -> None:
    if not Membership.objects.of(actor).filter(team=team, role=MANAGER).exists():
        raise RoleError(_("A manager of this office does that."))


def _must_manage_members(actor: Any, team: Team) -> None:
    """Members are also looked after by whoever administers the site: somebody has to name the first manager."""
    if not administers(actor, "commitments.change_membership"):
        _must_manage(actor, team)


def _must_leave_a_manager(team: Team, user: Any) -> None:
    """Refuse to take the role of manager from the only one who has it; both who leave at once wait for each other."""
    Team.objects.select_for_update().get(pk=team.pk)
    managers = Membership.objects.filter(team=team, role=MANAGER, user__is_active=True)
    if managers.filter(user=user).exists() and not managers.exclude(user=user).exists():
        raise ServiceError(
            _("%(user)s is the only manager of “%(team)s”: make somebody else a manager first.")
            % {"user": user.get_username(), "team": team.name}
        )


def _locked(note: Note, actor: Any) -> Note:
    try:
        rows = Note.objects.seen_by(actor).select_related("team", "commitment").select_for_update(of=("self",))
        return rows.get(pk=note.pk)
    except Note.DoesNotExist:
        raise ServiceError(_("This note is no longer there.")) from None


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise ServiceError(_("A note needs words."))
    if len(words) > LONGEST_NOTE:
        raise ServiceError(_("A note has at most %(count)d characters.") % {"count": LONGEST_NOTE})
    return words


def _free_name(team: Team, name: str, actor: Any, but: Tag | None = None) -> str:
    words = " ".join(name.split())[:50]
    if not words:
        raise ServiceError(_("A label needs a name."))
    others = Tag.objects.seen_by(actor).filter(team=team, name__iexact=words)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise ServiceError(_("This office has that label already."))
    return words


def _member(user: Any, role: str) -> dict[str, str]:
    return {"user": user.get_username(), "role": role} if role else {}


def _tell(
    kind: str,
    team: Team,
    actor: Any,
    day: date,
    commitment: Commitment | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    OfficeEvent.objects.create(
        kind=kind, team=team, actor=actor, day=day, commitment=commitment, before=before or {}, after=after or {}
    )
