"""What the reviews teach: how often each cue is right, and the weights learned from that."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.admin.through_services import ThroughServices
from commitments.models import LearnedWeights
from commitments.services import learning
from commitments.showing.precision import precision_by_cue
from tracker.clock import today

WEEKS = 8


@admin.register(LearnedWeights)
class LearnedWeightsAdmin(ThroughServices, admin.ModelAdmin):
    """The precision of each cue week by week, over the list of what was learned."""

    change_list_template = "admin/commitments/learnedweights/change_list.html"
    list_display = ["learned_on", "state", "of_accepted", "of_rejected", "f1_before", "f1_after", "learned_by"]
    list_filter = ["state"]
    list_select_related = ["learned_by"]

    class Media:
        css = {"all": ["desk.css"]}

    @admin.display(description=_("accepted"))
    def of_accepted(self, row: LearnedWeights) -> int:
        return row.accepted

    @admin.display(description=_("rejected"))
    def of_rejected(self, row: LearnedWeights) -> int:
        return row.rejected

    @admin.display(description=_("F1 before"))
    def f1_before(self, row: LearnedWeights) -> str:
        return f"{row.before['f1']:.3f}"

    @admin.display(description=_("F1 after"))
    def f1_after(self, row: LearnedWeights) -> str:
        return f"{row.after['f1']:.3f}"

    def get_urls(self) -> list:
        forget = require_POST(self.admin_site.admin_view(self.forget))
        return [path("forget/", forget, name="commitments_learnedweights_forget"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        shown = {
            "precision": precision_by_cue(day=today(), weeks=WEEKS),
            "in_use": LearnedWeights.objects.filter(state=LearnedWeights.State.IN_USE).first(),
            "may_forget": self.has_review_permission(request),
            "title": _("What the reviews teach"),
        }
        return super().changelist_view(request, shown | (extra_context or {}))

    def forget(self, request: HttpRequest) -> HttpResponse:
        """Go back to the weights that ship."""
        if not self.has_review_permission(request):
            raise PermissionDenied
        learning.forget(actor=request.user, day=today())
        self.message_user(request, _("The weights that ship are in use again."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:commitments_learnedweights_changelist"))
