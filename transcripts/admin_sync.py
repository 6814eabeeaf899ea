"""The desk for what comes straight from the parliament: how far it was read, and from which day to read again."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from transcripts.models import SyncPosition
from transcripts.services import sync_position


class StartAgainForm(forms.Form):
    since = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class SyncPositionAdmin(admin.ModelAdmin):
    """Looked at; what can be asked is to begin again from a day."""

    list_display = ["name", "through", "reading", "failed", "waiting", "at"]
    fields = readonly_fields = ("name", "through", "reading", "failed", "waiting", "at", "held_at", "again")

    def get_urls(self) -> list:
        page = path("again/", self.admin_site.admin_view(self.start_again), name="transcripts_syncposition_again")
        return [page, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def start_again(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = StartAgainForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            since = form.cleaned_data["since"]
            try:
                sync_position.start_again(since=since, actor=request.user)
            except sync_position.TakenOverError:
                self.message_user(request, _("A run is reading now; try again when it is done."), messages.ERROR)
            else:
                said = _("The next run reads everything from %(day)s on.") % {"day": date_format(since, "j F Y")}
                self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:transcripts_syncposition_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start again from a day"),
            "opts": self.model._meta,
            "form": form,
        }
        return render(request, "admin/transcripts/syncposition/again.html", context)

    @admin.display(description=_("read until"))
    def through(self, row: SyncPosition) -> str:
        return self._day(row, "through")

    @admin.display(description=_("being read from"))
    def reading(self, row: SyncPosition) -> str:
        return self._day(row, "since")

    @admin.display(description=_("failed"))
    def failed(self, row: SyncPosition) -> int:
        return len(row.position.get("failed", {}))

    @admin.display(description=_("still to come"))
    def waiting(self, row: SyncPosition) -> int:
        return len(row.position.get("waiting", {}))

    @admin.display(description=_("start again"))
    def again(self, row: SyncPosition) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:transcripts_syncposition_again"), _("Start again from a day")
        )

    def _day(self, row: SyncPosition, key: str) -> str:
        day = parse_date(row.position.get(key) or "")
        return date_format(day, "j F Y") if day else "–"
