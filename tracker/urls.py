"""Every address of the site, by room."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

urlpatterns = [
    path("", include("commitments.urls")),
    path("api/v1/", include("commitments.api.urls")),
    path("health/", include("tracker.health")),
    path("afmelden/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
