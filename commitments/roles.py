"""What a role in an office may do on the site, in one place; admin, pages and API all ask Django's has_perm.

A role opens the desk and the shared facts. It opens no office: whose notes one sees, commitments/privacy.py says.
"""

from django.contrib.auth.backends import BaseBackend, ModelBackend

from commitments.models import Membership
from commitments.privacy import Viewer

_READER: frozenset[str] = frozenset()
_REVIEWER = _READER | {
    f"commitments.{verb}_{model}"
    for verb in ("view", "add", "change")
    for model in ("statement", "commitment", "followup", "part", "asking", "outsidestatement")
} | {
    "commitments.view_event",
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
    }
)
PERMISSIONS: dict[str, frozenset[str]] = {
    Membership.Role.READER: _READER,
    Membership.Role.REVIEWER: _REVIEWER,
    Membership.Role.MANAGER: _REVIEWER | _OF_OWN_OFFICE,
}
CACHE = "_role_permissions"


class RoleBackend(BaseBackend):
    """Permissions that come with the roles somebody has, worked out from the memberships and stored nowhere."""

    def get_user_permissions(self, user_obj: Viewer, obj: object | None = None) -> set[str]:
        if obj is not None or not user_obj.is_authenticated or not user_obj.is_active:
            return set()
        known: dict[str, set[str]] = user_obj.__dict__  # asked many times for one page, as Django's own backend knows
        if CACHE not in known:
            roles = Membership.objects.of(user_obj).values_list("role", flat=True)
            known[CACHE] = set().union(*(PERMISSIONS[role] for role in roles))
        return known[CACHE]

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
