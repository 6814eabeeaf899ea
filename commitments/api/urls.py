"""The API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from commitments.api import resource_views as resources
from commitments.api import stats
from commitments.api.reference import ReferenceView
from commitments.api.views import CommitmentViewSet

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("commitments", CommitmentViewSet, basename="commitment")
router.register("statements", resources.StatementViewSet, basename="statement")
router.register("follow-ups", resources.FollowUpViewSet, basename="follow-up")
router.register("events", resources.EventViewSet, basename="event")
router.register("documents", resources.DocumentViewSet, basename="document")
router.register("agenda-items", resources.AgendaItemViewSet, basename="agenda-item")
router.register("speeches", resources.SpeechViewSet, basename="speech")
router.register("people", resources.PersonViewSet, basename="person")
router.register("mandates", resources.MandateViewSet, basename="mandate")
router.register("portfolios", resources.PortfolioViewSet, basename="portfolio")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", ReferenceView.as_view(), name="docs"),
    path("stats/", stats.TotalsView.as_view(), name="stats"),
    path("stats/ministers/", stats.MinistersView.as_view(), name="stats-ministers"),
    path("stats/portfolios/", stats.PortfoliosView.as_view(), name="stats-portfolios"),
    path("stats/committees/", stats.CommitteesView.as_view(), name="stats-committees"),
    path("stats/months/", stats.MonthsView.as_view(), name="stats-months"),
    path("stats/series/", stats.SeriesView.as_view(), name="stats-series"),
    path("", include(router.urls)),
]
