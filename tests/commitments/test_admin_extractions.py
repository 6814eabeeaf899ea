"""What the engine stumbled over is seen at the desk with its reason, and read again on a press of a button."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from commitments.models import Extraction
from tests import rows

pytestmark = pytest.mark.django_db

LIST = reverse("admin:commitments_extraction_changelist")
AGAIN = {"action": "try_again", "_selected_action": []}


@pytest.fixture
def failed() -> Extraction:
    document = rows.speech().item.document
    return Extraction.objects.create(document=document, state="failed", error="IndexError: list index out of range")


def staff(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def press(client, row):
    return client.post(LIST, AGAIN | {"_selected_action": [row.pk]}, follow=True)


def test_the_reason_stands_in_the_list_and_can_be_asked_for(client, failed):
    Extraction.objects.create(document=rows.document("Wat goed ging"), state="done")
    client.force_login(staff("els", "view_extraction"))
    page = client.get(LIST, {"error__isempty": "0"}).content.decode()
    assert "IndexError: list index out of range" in page
    assert "Wat goed ging" not in page


@pytest.mark.parametrize("may", [True, False])
def test_who_may_change_it_has_it_read_again_and_who_may_only_look_does_not(
    client, failed, django_capture_on_commit_callbacks, may
):
    client.force_login(staff("els", "view_extraction", *["change_extraction"] * may))
    with django_capture_on_commit_callbacks(execute=True):
        page = press(client, failed)
    failed.refresh_from_db()
    assert (failed.state, failed.error == "") == (("done", True) if may else ("failed", False))
    assert ("1 document wordt opnieuw gelezen." in page.content.decode()) == may
