"""The API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from commitments.api.views import CommitmentViewSet

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("commitments", CommitmentViewSet, basename="commitment")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
