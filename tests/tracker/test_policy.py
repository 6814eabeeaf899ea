"""The policy that says what a page may load and run, on every kind of answer; tests/browser has what it keeps out."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/bestaat-niet/", "/admin/login/", "/api/v1/commitments/", "/health/live/"])
def test_every_answer_says_that_only_the_site_itself_is_loaded(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    rules = dict(one.split(" ", 1) for one in policy.split("; "))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("frame-ancestors") == "'none'"
    assert "script-src" in rules
    assert set(rules.values()) == {"'self'"}


def test_a_page_that_is_refused_says_so_too(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("lezer"))
    refused = client.get(reverse("hand_over"))
    assert refused.status_code == 403
    assert "script-src 'self'" in refused["Content-Security-Policy"]
