"""An admin in which rows are looked at, and changed by buttons that call a service."""

from django.db import models
from django.db.models.options import Options
from django.http import HttpRequest


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
