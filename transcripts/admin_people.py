"""The desk for who spoke: people and the merging of two that are one, mandates and parties."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from transcripts.admin_versions import Versions
from transcripts.models import Mandate, PartyName, Person, PersonMerge, PersonName
from transcripts.services import merging


class PersonNameInline(admin.TabularInline):
    model = PersonName
    extra = 0


class MandateInline(admin.TabularInline):
    model = Mandate
    extra = 0
    readonly_fields = ["registered"]


class PersonMergeInline(admin.TabularInline):
    """Who turned out to be this person. It happened, and stays as it is."""

    model = PersonMerge
    fields = readonly_fields = ("name", "uid", "at", "actor", "moved")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MergeForm(forms.Form):
    """Who of the chosen people is left."""

    into = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who is left"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: object, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class PersonAdmin(Versions):
    list_display = ["name", "family_name", "spellings"]
    ordering = ["family_name", "name"]  # counting spellings takes that of the model away
    search_fields = ["name", "names__spelling"]
    inlines = [PersonNameInline, MandateInline, PersonMergeInline]
    readonly_fields = ["uid"]
    actions = ["merge_people"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return super().get_queryset(request).annotate(spelling_count=Count("names", distinct=True))

    def get_urls(self) -> list:
        page = path("merge/", self.admin_site.admin_view(self.merge), name="transcripts_person_merge")
        return [page, *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Merging changes the one and deletes the others: whoever may do both may merge."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.display(description=_("spellings"), ordering="spelling_count")
    def spellings(self, person: Person) -> int:
        return person.spelling_count  # type: ignore[attr-defined]

    @admin.action(description=_("Merge the chosen people…"), permissions=["merge"])
    def merge_people(self, request: HttpRequest, chosen: QuerySet[Person]) -> HttpResponse | None:
        ids = sorted(chosen.values_list("pk", flat=True))
        if len(ids) < 2:
            self.message_user(request, _("Choose two people or more to merge."), messages.WARNING)
            return None
        query = urlencode({"ids": ",".join(str(one) for one in ids)})
        return HttpResponseRedirect(f"{reverse('admin:transcripts_person_merge')}?{query}")

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show what a merge would move, and on a POST let it be done."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:transcripts_person_changelist"))
        ids = [int(one) for one in request.GET.get("ids", "").split(",") if one.isascii() and one.isdigit()][:100]
        people = Person.objects.filter(pk__in=ids)
        if people.count() < 2:
            self.message_user(request, _("Choose two people or more to merge."), messages.WARNING)
            return back
        form = MergeForm(request.POST or None, people=people)
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            others = list(people.exclude(pk=into.pk))
            try:
                done = merging.merge(into=into, others=others, actor=request.user)
            except merging.CannotMergeError as error:
                self.message_user(request, str(error), messages.ERROR)
                return back
            said = _("%(names)s and %(person)s are one person now; moved: %(moved)s.")
            parts = {"names": ", ".join(done.names), "person": done.person.name, "moved": merging.told(done.moved)}
            self.message_user(request, said % parts, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:transcripts_person_change", args=[done.person.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge people"),
            "opts": self.model._meta,
            "belongings": merging.belongings(people),
            "form": form,
        }
        return render(request, "admin/transcripts/person/merge.html", context)


class MandateAdmin(Versions):
    list_display = ["person", "title", "portfolio", "start", "end", "registered"]
    list_filter = ["registered", "start"]
    list_select_related = ["person"]
    search_fields = ["person__name", "title", "portfolio"]
    autocomplete_fields = ["person"]
    readonly_fields = ["registered"]
    date_hierarchy = "start"


class PartyNameInline(admin.TabularInline):
    model = PartyName
    extra = 0


class PartyAdmin(Versions):
    list_display = ["name"]
    search_fields = ["name", "names__spelling"]
    inlines = [PartyNameInline]
    readonly_fields = ["uid"]
