"""The pages, in the words of their readers."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from commitments import office_views, team_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("toezeggingen/", views.commitment_list, name="commitments"),
    path("toezeggingen/<uuid:uid>/", views.commitment_detail, name="commitment"),
    path("toezeggingen/<uuid:uid>/vraag/", office_views.question, name="question"),
    path("toezeggingen/<uuid:uid>/vraag.docx", office_views.question_docx, name="question_docx"),
    path("overdracht/", office_views.hand_over, name="hand_over"),
    re_path(r"^overdracht\.(?P<format>csv|docx)$", office_views.hand_over, name="hand_over"),
    path("toezeggingen/<uuid:uid>/volgen/", team_views.watch_alone, name="watch_alone"),
    path("toezeggingen/<uuid:uid>/bureau/<uuid:team>/", team_views.mark, name="office_mark"),
    path("toezeggingen/<uuid:uid>/bureau/<uuid:team>/notities/", team_views.add_note, name="office_note"),
    path("bureau/", team_views.home, name="office"),
    path("notities/<uuid:note>/", team_views.edit_note, name="office_note_edit"),
    path("notities/<uuid:note>/verwijderen/", team_views.remove_note, name="office_note_remove"),
    path("documenten/", views.document_list, name="documents"),
    path(
        "documenten/toevoegen/",
        RedirectView.as_view(pattern_name="admin:transcripts_document_add"),
        name="document_upload",
    ),
    path("documenten/<uuid:uid>/", views.document, name="document"),
]
