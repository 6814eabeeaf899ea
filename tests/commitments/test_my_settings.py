"""One's own settings: what there is in one place, and the language of pages and mails alike."""

import pytest
from django.urls import reverse

from commitments.models import Preference, Subscription
from commitments.refusal_mails import notice
from commitments.services import feed_addresses, preferring, subscribing
from commitments.services.errors import RoleError, ServiceError
from tests.commitments.offices import DAY

pytestmark = pytest.mark.django_db
ADDRESS = reverse("my_settings")


@pytest.fixture
def user(client, django_user_model):
    found = django_user_model.objects.create_user("jan", email="jan@example.org")
    client.force_login(found)
    return found


def language_of_page(client, name: str = "start") -> str:
    text = client.get(reverse(name)).content.decode()
    return text.partition('<html lang="')[2].partition('"')[0]


def test_the_language_that_was_chosen_is_that_of_pages_and_mails_wherever_one_logs_in(client, user):
    mine = Subscription.objects.create(user=user)
    answer = client.post(ADDRESS, {"language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    mine.refresh_from_db()
    assert mine.language == "en"
    elsewhere = type(client)(headers={"accept-language": "nl"})
    elsewhere.force_login(user)
    assert language_of_page(elsewhere) == "en"
    assert language_of_page(elsewhere, "my_settings") == "en"
    elsewhere.logout()
    assert language_of_page(elsewhere) == "nl-be"


def test_the_buttons_in_the_footer_and_the_form_of_the_mail_choose_it_as_well(client, user):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert Preference.objects.get().language == "en"
    subscribing.choose(user=user, topics=[], language="nl-be")
    assert Preference.objects.get().language == "nl-be"
    assert language_of_page(client) == "nl-be"


def test_who_is_not_logged_in_chooses_for_the_browser_alone(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert language_of_page(client) == "en"
    assert not Preference.objects.exists()


def test_somebody_elses_choice_is_theirs(client, user, django_user_model):
    preferring.choose_language(user=django_user_model.objects.create_user("els"), language="en")
    assert language_of_page(client) == "nl-be"


def test_a_mail_about_something_that_stopped_is_in_the_language_that_was_chosen(user):
    words = {"user": user, "address": "x", "words": "", "desk": "/"}
    dutch = notice("refused", words, to=user).subject
    preferring.choose_language(user=user, language="en")
    assert notice("refused", words, to=user).subject != dutch


@pytest.mark.parametrize("active", [True, False])
def test_no_language_is_kept_that_the_site_does_not_have_nor_for_a_closed_login(user, active):
    user.is_active = active
    with pytest.raises(ServiceError if active else RoleError):
        preferring.choose_language(user=user, language="fr" if active else "en")
    assert not Preference.objects.exists()


def test_the_page_leads_to_mail_searches_feeds_and_keys_and_counts_what_is_there(client, user):
    Subscription.objects.create(user=user, everything=False)
    feed_addresses.make(user=user, team=None, day=DAY)
    answer = client.get(ADDRESS)
    for name in ("my_mail", "my_searches", "my_feeds", "my_keys"):
        assert reverse(name) in answer.content.decode()
    assert {name: answer.context[name] for name in ("topics", "searches", "feeds", "keys", "webhooks")} == {
        "topics": 0, "searches": 0, "feeds": 1, "keys": 0, "webhooks": 0
    }  # fmt: skip
    assert "jan@example.org" in answer.content.decode()


def test_programs_are_answered_without_a_look_at_the_choice(client, user, django_assert_num_queries):
    client.get(reverse("health-live"))
    with django_assert_num_queries(0):
        client.get(reverse("health-live"))
