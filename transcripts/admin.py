"""The desk for what was said: people and their mandates are kept here, documents come in by import."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from transcripts import views
from transcripts.admin_people import MandateAdmin, PartyAdmin, PersonAdmin
from transcripts.admin_sync import SyncPositionAdmin
from transcripts.admin_versions import Versions
from transcripts.models import (
    AgendaItem,
    Document,
    Mandate,
    Meeting,
    Party,
    Person,
    Question,
    Revision,
    Speech,
    SyncPosition,
)
from transcripts.querysets import SpeechQuerySet
from transcripts.services import changes, remove, why_it_stays
from transcripts.wording import account_in_words

admin.site.site_header = "Toegezegd"
admin.site.site_title = "Toegezegd"
admin.site.index_title = _("Manage")
admin.site.enable_nav_sidebar = False  # the quotes need the width


class AsRead:
    """Rows that say what a document says: they are looked at, and change only when the document is read again."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """They go with their document, or not at all."""
        return False


admin.site.register(Person, PersonAdmin)
admin.site.register(Mandate, MandateAdmin)
admin.site.register(Party, PartyAdmin)
admin.site.register(SyncPosition, SyncPositionAdmin)


@admin.register(Meeting)
class MeetingAdmin(Versions):
    list_display = ["number", "date", "session", "committee", "chair"]
    list_filter = ["session"]
    list_select_related = ["chair"]
    search_fields = ["number", "committee"]
    autocomplete_fields = ["chair"]
    readonly_fields = ["uid"]
    date_hierarchy = "date"


class AgendaItemInline(AsRead, admin.TabularInline):
    model = AgendaItem
    fields = readonly_fields = ("position", "kind", "title", "page")
    extra = 0
    show_change_link = True


class RevisionInline(AsRead, admin.TabularInline):
    model = Revision
    fields = readonly_fields = ("number", "file_name", "imported_at", "changed")
    ordering = ["-number"]
    extra = 0

    @admin.display(description=_("what it changed"))
    def changed(self, revision: Revision) -> SafeString | str:
        if revision.number == 1:
            return "–"
        told = format_html_join("", "<li>{}</li>", ((one,) for one in changes.sentences(revision.changes)))
        return format_html(
            "<details><summary>{}</summary><ul>{}</ul></details>", changes.summary(revision.changes), told
        )


@admin.register(Document)
class DocumentAdmin(Versions):
    list_display = ["title", "kind", "date", "meeting", "reader", "warned", "imported_at", "transcript"]
    list_filter = ["kind", "provisional", "reader", "imported_at"]
    list_select_related = ["meeting"]
    search_fields = ["title", "file_name", "meeting__number", "meeting__committee"]
    date_hierarchy = "date"
    inlines = [RevisionInline, AgendaItemInline]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    # The title and the address help the reader; everything else says where the text came from and stays as it was.
    readonly_fields = (
        "transcript",
        "again",
        "kind",
        "date",
        "meeting",
        "file_name",
        "reader",
        "imported_at",
        "provisional",
        "identity",
        "account_table",
        "warning_list",
        "uid",
        "sha256",
    )
    fields = ("title", "url", *readonly_fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).defer("text", "account_spans")

    def get_urls(self) -> list:
        add = path("add/", self.admin_site.admin_view(self.upload), name="transcripts_document_add")
        again = path(
            "<int:pk>/version/", self.admin_site.admin_view(self.new_version), name="transcripts_document_version"
        )
        return [add, again, *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        return views.upload(request, self.admin_site)

    def new_version(self, request: HttpRequest, pk: int) -> HttpResponse:
        return views.upload(request, self.admin_site, get_object_or_404(self.get_queryset(request), pk=pk))

    def get_deleted_objects(self, objs: Sequence[Document] | QuerySet[Document], request: HttpRequest) -> tuple:
        """Whoever may delete a document deletes all that was read from it, in one go: a wrong import can be undone."""
        to_delete, counts, _needed, protected = super().get_deleted_objects(objs, request)
        reasons = [reason for document in objs for reason in why_it_stays(document=document)]
        return to_delete, counts, set(), [*protected, *reasons]

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        remove(document=obj, actor=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        for document in queryset:
            remove(document=document, actor=request.user)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Document]) -> list[LogEntry]:
        """The service notes who removed what."""
        return []

    @admin.display(description=_("transcript"))
    def transcript(self, document: Document) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("document", args=[document.uid]), _("read"))

    @admin.display(description=_("import again"))
    def again(self, document: Document) -> SafeString:
        address = reverse("admin:transcripts_document_version", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, _("another version, or another date, kind or minister"))

    @admin.display(description=_("warnings"))
    def warned(self, document: Document) -> int:
        return len(document.warnings)

    @admin.display(description=_("warnings"))
    def warning_list(self, document: Document) -> SafeString | str:
        items = format_html_join("", "<li>{}</li>", ((one,) for one in document.warnings_in_words))
        return format_html("<ul>{}</ul>", items) if document.warnings else "–"

    @admin.display(description=_("where its characters went"))
    def account_table(self, document: Document) -> SafeString:
        rows = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', account_in_words(document.account))
        return format_html("<table>{}</table>", rows)


class QuestionInline(AsRead, admin.TabularInline):
    model = Question
    fields = readonly_fields = ("number", "session", "subject", "asker", "addressee")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).select_related("asker", "addressee")


@admin.register(AgendaItem)
class AgendaItemAdmin(AsRead, admin.ModelAdmin):
    list_display = ["title", "kind", "document", "position", "page"]
    list_filter = ["kind"]
    list_select_related = ["document"]
    search_fields = ["title", "questions__number", "questions__subject", "document__title"]
    inlines = [QuestionInline]
    fields = ["document", "position", "kind", "title", "chair", "page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgendaItem]:
        return super().get_queryset(request).defer("document__text", "document__account_spans")


class PartyFilter(admin.SimpleListFilter):
    """Turns by the party they were spoken for, under whichever of its names it was printed."""

    title = _("party")
    parameter_name = "of_party"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(party.pk), party.name) for party in Party.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        party = Party.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
        assert isinstance(queryset, SpeechQuerySet)
        return queryset.of_party(party) if party else queryset


@admin.register(Speech)
class SpeechAdmin(AsRead, admin.ModelAdmin):
    list_display = ["label", "capacity", "party", "item", "page"]
    list_filter = ["capacity", PartyFilter]
    list_select_related = ["item", "person"]
    search_fields = ["label", "person__name", "text"]
    fields = ["item", "position", "label", "person", "capacity", "party", "page", "answer_to", "heading", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speech]:
        return super().get_queryset(request).defer("text", "pieces", "notes")
