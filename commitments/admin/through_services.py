"""An admin in which rows are looked at, and changed by buttons that call a service."""

from collections.abc import Sequence

from django.contrib.admin.utils import flatten
from django.db import models
from django.db.models.options import Options
from django.http import HttpRequest

from transcripts.admin_versions import Versions


class ThroughServices:
    """Looked at here; what may be changed is changed by buttons that call a service."""

    opts: Options

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_review_permission(self, request: HttpRequest) -> bool:
        """May this person press the buttons? Django's change permission on the model says so."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")


class WithHistory(ThroughServices, Versions):
    """The versions of a row can be looked at, each with all its fields; none of them can be written back."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Sequence[str]:
        return flatten(self.fields) if obj is not None else super().get_readonly_fields(request, obj)
