"""Every address of the site, by room."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path

from commitments import settings_views
from commitments.api.problems import nothing_here

urlpatterns = [
    path("", include("commitments.urls")),
    path("api/v1/", include("commitments.api.urls")),
    re_path(r"^api/", nothing_here, name="api-nothing"),
    path("health/", include("tracker.health")),
    path("afmelden/", LogoutView.as_view(), name="logout"),
    path("i18n/setlang/", settings_views.set_language, name="set_language"),
    path("admin/", admin.site.urls),
]

handler400 = "tracker.errors.bad_request"
handler500 = "tracker.errors.server_error"
