"""The pages, in the words of their readers."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from commitments import (
    calendar_views,
    kept_search_views,
    key_views,
    mail_views,
    office_views,
    people_views,
    search_views,
    settings_views,
    start_views,
    subject_views,
    team_views,
    views,
)
from commitments.feeds import my_feeds
from commitments.feeds import views as feeds

_FORMAT = r"\.(?P<format>ics|atom)$"
urlpatterns = [
    path("", start_views.start, name="start"),
    path("kalender/", calendar_views.month, name="calendar"),
    path("toezeggingen/", search_views.commitments, name="commitments"),
    path("toezeggingen.csv", search_views.as_csv, name="commitments_csv"),
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
    path("mijn-instellingen/", settings_views.my_settings, name="my_settings"),
    path("mijn-mail/", mail_views.my_mail, name="my_mail"),
    path("mijn-mail/voorbeeld/", mail_views.preview, name="my_mail_preview"),
    path("mijn-mail/<uuid:uid>/opnieuw/", mail_views.tell_again, name="my_mail_again"),
    path("mijn-zoekopdrachten/", kept_search_views.my_searches, name="my_searches"),
    path("mijn-zoekopdrachten/<uuid:pk>/mail/", kept_search_views.tell, name="my_search_tell"),
    path("mijn-zoekopdrachten/<uuid:pk>/verwijderen/", kept_search_views.remove, name="my_search_remove"),
    path("mijn-sleutels/", key_views.my_keys, name="my_keys"),
    path("mijn-sleutels/<uuid:key>/intrekken/", key_views.revoke, name="my_key_revoke"),
    path("mijn-sleutels/webhooks/", key_views.add_webhook, name="my_webhook_add"),
    path("mijn-sleutels/webhooks/<uuid:hook>/<slug:verb>/", key_views.change_webhook, name="my_webhook"),
    path("mijn-sleutels/verzendingen/<uuid:delivery>/opnieuw/", key_views.send_again, name="my_delivery_again"),
    path("mail/later/", mail_views.put_off, name="mail_put_off"),
    path("mail/gevraagd/", mail_views.asked, name="mail_asked"),
    path("mail/uitschrijven/", mail_views.stop, name="mail_stop"),
    path("personen/", subject_views.people, name="people"),
    path("bevoegdheden/", subject_views.portfolios, name="portfolios"),
    path("bevoegdheden/<slug:slug>/", subject_views.portfolio, name="portfolio"),
    path("commissies/", subject_views.committees, name="committees"),
    path("commissies/<slug:slug>/", subject_views.committee, name="committee"),
    path("personen/<uuid:uid>/", people_views.person, name="person"),
    path("mijn-feeds/", my_feeds.page, name="my_feeds"),
    path("mijn-feeds/<uuid:pk>/intrekken/", my_feeds.revoke, name="my_feeds_revoke"),
    re_path(r"^feeds/alles" + _FORMAT, feeds.everything, name="feed_all"),
    re_path(
        r"^feeds/personen/(?P<uid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" + _FORMAT,
        feeds.of_person,
        name="feed_person",
    ),
    re_path(r"^feeds/bevoegdheden/(?P<slug>[-\w]+)" + _FORMAT, feeds.of_portfolio, name="feed_portfolio"),
    re_path(r"^feeds/commissies/(?P<slug>[-\w]+)" + _FORMAT, feeds.of_committee, name="feed_committee"),
    re_path(r"^feeds/eigen" + _FORMAT, feeds.own, name="feed_own"),
    path("documenten/", views.document_list, name="documents"),
    path(
        "documenten/toevoegen/",
        RedirectView.as_view(pattern_name="admin:transcripts_document_add"),
        name="document_upload",
    ),
    path("documenten/<uuid:uid>/", views.document, name="document"),
]
