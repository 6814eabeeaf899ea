"""The page of one's own feeds, and where the others lead to theirs."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from commitments.models import FeedAddress
from commitments.services import feed_addresses
from tests import rows
from tests.commitments.feeds.asking import DAY, calendar
from tests.commitments.offices import World, world
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office() -> World:
    Mandate.objects.create(
        person=rows.person(), title="Vlaams minister", portfolio="Wonen en Energie", start=date(2024, 9, 30)
    )
    return world().keep()


def test_an_address_is_shown_once_and_works(office):
    client = office.client("a_reader")
    made = client.post(reverse("my_feeds"), {"about": str(office.a.uid), "name": "  Agenda  op het werk "})
    assert made["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert made["Referrer-Policy"] == "same-origin"  # without a referrer a browser could not send the next form
    shown = re.findall(r'value="http://127.0.0.1:8000(/feeds/eigen\.(?:ics|atom)\?key=[\w-]+)"', made.content.decode())
    assert len(shown) == 2
    assert calendar(shown[0]).event["uid"] == str(office.commitment.uid)
    page = client.get(reverse("my_feeds")).content.decode()
    assert "Agenda op het werk" in page
    assert "Fractie A" in page
    assert "key=" not in page
    assert "laatst opgehaald op" in page
    assert "Agenda op het werk" not in office.client("a_manager").get(reverse("my_feeds")).content.decode()


def test_the_offices_to_choose_from_are_ones_own(office):
    form = office.client("a_reader").get(reverse("my_feeds")).context["form"]
    assert [value for value, _ in form.fields["about"].choices] == ["watch", str(office.a.uid)]
    form = office.client("stranger").get(reverse("my_feeds")).context["form"]
    assert [value for value, _ in form.fields["about"].choices] == ["watch"]


@pytest.mark.parametrize("wrong", [{"about": ""}, {"about": "alles"}, {"about": "watch", "name": "x" * 61}])
def test_a_form_that_makes_no_sense_makes_nothing(office, wrong):
    answer = office.client("a_reader").post(reverse("my_feeds"), wrong)
    assert answer.status_code == 200
    assert "made" not in answer.context or answer.context["made"] is None
    assert not FeedAddress.objects.exists()


def test_what_was_revoked_is_told_as_such(office):
    row, _ = feed_addresses.make(user=office.users["a_reader"], name="Oud", day=DAY)
    client = office.client("a_reader")
    answer = client.post(reverse("my_feeds_revoke", args=[row.pk]), follow=True)
    page = answer.content.decode()
    assert "Ingetrokken: dit adres geeft niets meer." in page
    assert answer.context["giving"] == []
    assert [one.name for one in answer.context["ended"]] == ["Oud"]
    assert client.get(reverse("my_feeds_revoke", args=[row.pk])).status_code == 405


def test_every_public_address_on_the_page_leads_to_its_feed(office):
    page = office.client("a_reader").get(reverse("my_feeds")).content.decode()
    found = re.findall(r'"http://127.0.0.1:8000(/feeds/(?!eigen)[^"]+)"', page)
    assert {one.split("/")[2].split(".")[0] for one in found} == {"alles", "personen", "bevoegdheden", "commissies"}
    for address in found:
        assert Client().get(address).status_code == 200, address


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate"\s+type="([\w/+]+)"\s+title="[^"]*"\s+href="([^"]+)">', page))


def test_a_page_names_its_feeds_in_its_head_and_to_its_reader(office, client):
    els = rows.person()
    pages = {
        reverse("person", args=[els.uid]): f"/feeds/personen/{els.uid}",
        reverse("commitments"): "/feeds/alles",
        f"{reverse('commitments')}?minister={els.uid}": f"/feeds/personen/{els.uid}",
    }
    for path, feed in pages.items():
        page = client.get(path).content.decode()
        assert alternates(page) == {"text/calendar": f"{feed}.ics", "application/atom+xml": f"{feed}.atom"}
        assert f'<a href="{feed}.ics"' in page
        assert client.get(f"{feed}.ics").status_code == client.get(f"{feed}.atom").status_code == 200
