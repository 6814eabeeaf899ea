"""The pages, in the words of their readers."""

from django.urls import path
from django.views.generic import RedirectView

from commitments import views

urlpatterns = [
    path("", views.start, name="start"),
    path("toezeggingen/", views.commitment_list, name="commitments"),
    path("toezeggingen/<uuid:uid>/", views.commitment_detail, name="commitment"),
    path("documenten/", views.document_list, name="documents"),
    path(
        "documenten/toevoegen/",
        RedirectView.as_view(pattern_name="admin:transcripts_document_add"),
        name="document_upload",
    ),
    path("documenten/<uuid:uid>/", views.document, name="document"),
]
