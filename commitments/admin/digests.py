"""How far each digest is on its way: looked at, and sent again, by who looks after its subscriber."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commitments.admin import desk
from commitments.admin.filters import TroubleFilter
from commitments.admin.offices import everywhere, looked_after
from commitments.admin.through_services import ThroughServices
from commitments.models import DeliveryNote, Digest
from commitments.services import sending
from commitments.tasks import send_claimed


class DeliveryNotes(ThroughServices, admin.TabularInline):
    model = DeliveryNote
    fields = ["at", "kind", "address", "code", "words", "actor"]
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a digest one may look at, what happened to it."""
        return request.user.has_perm("commitments.view_digest")


@admin.register(Digest)
class DigestAdmin(ThroughServices, admin.ModelAdmin):
    """When each went out or why not, and not what it told: part of that is the subscriber's office's own."""

    fields = [
        *("period", "rhythm", "subscription", "nothing", "claimed_at"),
        *("state", "attempts", "next_attempt_at", "sent_at"),
    ]
    list_display = [
        *("period", "rhythm", "subscription", "nothing"),
        *("state", "attempts", "last_note", "next_attempt_at", "sent_at"),
    ]
    list_filter = [TroubleFilter, "state", "rhythm", "nothing", "period"]
    list_select_related = ["subscription__user"]
    search_fields = ["subscription__user__username"]
    date_hierarchy = "period"
    actions = ["send_again_selected"]
    inlines = [DeliveryNotes]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        rows = super().get_queryset(request).defer("items").prefetch_related("delivery_notes")
        return rows if everywhere(request, Digest) else rows.filter(subscription__user__in=looked_after(request))

    @admin.display(description=_("what happened last"))
    def last_note(self, digest: Digest) -> str:
        notes = list(digest.delivery_notes.all())
        return str(notes[-1]) if notes else ""

    @admin.action(description=_("Send the chosen digests again"), permissions=["view"])
    def send_again_selected(self, request: HttpRequest, queryset: QuerySet[Digest]) -> None:
        """One by one; where one was uncertain, its reader may get it twice, and the manager decided so."""
        free: list[int] = []
        actor = cast(User, request.user)

        def again(digest: Digest) -> None:
            sending.send_again(digest=digest, actor=actor)
            free.append(digest.pk)

        desk.one_by_one(request, queryset, again)
        if free:
            transaction.on_commit(lambda: send_claimed.delay(free))
