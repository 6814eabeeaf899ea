"""What a role in an office may do on the site, in one place; admin, pages and API all ask Django's has_perm.

A role opens the desk and the shared facts. It opens no office: whose notes one sees, commitments/privacy.py says.
"""

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from commitments.models import Membership, Scope, Team
from commitments.privacy import Viewer

_READER: frozenset[str] = frozenset()
_REVIEWER = _READER | {
    f"commitments.{verb}_{model}"
    for verb in ("view", "add", "change")
    for model in ("statement", "commitment", "followup", "part", "asking", "outsidestatement")
} | {
    "commitments.view_event",
    "commitments.view_learnedweights",  # how often each cue was right: what the reviews teach
    "transcripts.view_document",
    "transcripts.view_agendaitem",
    "transcripts.view_person",
}  # fmt: skip
# Of the offices they manage, and no other: the admin holds each of these to its own rows.
_OF_OWN_OFFICE = frozenset(
    {
        "commitments.view_team",
        *(f"commitments.{verb}_membership" for verb in ("view", "add", "change", "delete")),
        *(f"commitments.{verb}_tag" for verb in ("view", "add", "change", "delete")),
        *(f"commitments.{verb}_subscription" for verb in ("view", "add", "change")),
        "commitments.view_digest",  # how far it came, not what it tells
        "commitments.view_apitoken",  # to withdraw one; its secret is nowhere
    }
)
PERMISSIONS: dict[str, frozenset[str]] = {
    Membership.Role.READER: _READER,
    Membership.Role.REVIEWER: _REVIEWER,
    Membership.Role.MANAGER: _REVIEWER | _OF_OWN_OFFICE,
}
CACHE = "_roles"


def roles_of(user: Viewer) -> list[str]:
    """Return the roles somebody has in offices; read once for a user as loaded, as Django's own backend does."""
    if not hasattr(user, CACHE):
        _read_at_once(user)
    found: list[str] = getattr(user, CACHE)
    return found


def _read_at_once(user: Viewer) -> None:
    """Read what somebody may do, by own right, by a group and by a role, in one question, as every page needs it."""
    roles: list[str] = []
    of_user: set[str] = set()
    of_groups: set[str] = set()
    if user.is_authenticated and user.is_active:
        name = Concat("content_type__app_label", Value("."), "codename")
        rights = Permission.objects.order_by().annotate(told=name)
        own = rights.filter(user=user.pk).values_list(Value("user"), "told")
        groups = rights.filter(group__user=user.pk).values_list(Value("group"), "told")
        mine = Membership.objects.of(user).order_by().values_list(Value("role"), "role")
        for kind, told in own.union(groups, mine, all=True):
            if kind == "role":
                roles.append(told)
            else:
                (of_user if kind == "user" else of_groups).add(told)
        if not user.is_superuser:  # who may do everything is told so by ModelBackend
            for cache, found in (("_user_perm_cache", of_user), ("_group_perm_cache", of_groups)):
                if not hasattr(user, cache):
                    setattr(user, cache, found)
    setattr(user, CACHE, roles)


class RightsBackend(ModelBackend):
    """Django's own, that reads the rights of somebody in one question with the roles.

    And who somebody is together with the language they chose, as every page needs both.
    """

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("preference").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def _get_permissions(self, user_obj: Viewer, obj: object | None, from_name: str) -> set[str]:
        ordinary = user_obj.is_authenticated and user_obj.is_active and not user_obj.is_superuser
        if ordinary and obj is None and not hasattr(user_obj, f"_{from_name}_perm_cache"):
            _read_at_once(user_obj)
        found: set[str] = super()._get_permissions(user_obj, obj, from_name)  # type: ignore[misc]
        return found


class RoleBackend(BaseBackend):
    """Permissions that come with the roles somebody has, worked out from the memberships and stored nowhere."""

    def get_user_permissions(self, user_obj: Viewer, obj: object | None = None) -> set[str]:
        if obj is not None or not user_obj.is_authenticated or not user_obj.is_active:
            return set()
        return set().union(*(PERMISSIONS[role] for role in roles_of(user_obj)))

    def has_module_perms(self, user_obj: Viewer, app_label: str) -> bool:
        return any(one.startswith(f"{app_label}.") for one in self.get_all_permissions(user_obj))


def works_at_desk(user: Viewer) -> bool:
    """May this person enter the admin? Staff, and whoever reviews for an office."""
    if not user.is_active:
        return False
    return user.is_staff or user.has_perm("commitments.change_statement")


def administers(user: Viewer, permission: str) -> bool:
    """Does this person hold a permission for the whole site, and not by a role in an office?"""
    if not user.is_active:
        return False
    return user.is_superuser or permission in ModelBackend().get_all_permissions(user)


def looked_after(viewer: Viewer) -> QuerySet[User]:
    """Whom a manager looks after: who works for the offices one manages and for no other."""
    managed = Team.objects.managed_by(viewer)
    elsewhere = Membership.objects.exclude(team__in=managed)
    members = User.objects.filter(memberships__team__in=managed, is_superuser=False)
    return members.exclude(pk__in=elsewhere.values("user")).distinct()


def reaches(user: Viewer, scope: str) -> bool:
    """Does what this person may do on the site go as far as a key of this scope would?"""
    if not user.is_authenticated or not user.is_active:
        return False
    match scope:
        case Scope.PROPOSALS:
            return user.has_perm("commitments.view_statement")
        case Scope.REVIEW:
            return user.has_perm("commitments.change_statement")
        case Scope.OFFICE:
            return Membership.objects.of(user).exists()
        case Scope.NOTES:
            return any(one.writes for one in Membership.objects.of(user))
        case Scope.WEBHOOKS:
            return True
    return False
