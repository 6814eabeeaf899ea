"""Nothing that an office keeps comes out: not in words, not in numbers, not in order, not in a refusal."""

import ast
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from commitments.models import OfficeEvent, Subscription, Team
from commitments.models.offices import PrivateRow
from commitments.services import digest
from tests import rows
from tests.commitments.offices import DAY, NOTE, OUTSIDE_A, SECRETS, World, world
from tracker.clock import noon_of

ROOT = Path(__file__).resolve().parent.parent.parent
PRIVATE = [model for model in apps.get_app_config("commitments").get_models() if issubclass(model, PrivateRow)]
ENTRANCES = ("/", "/bureau/", "/admin/", "/api/v1/commitments/", "/api/v1/schema/")
AT_MOST = 400  # pages of one walk
# Whose walk sees as much as that of anybody else outside the office.
WALKERS = ("anonymous", "stranger", "b_manager", "superuser")

pytestmark = pytest.mark.doors


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office(db) -> World:
    made = world()
    rows.commitment(title="Iets anders", quote=rows.NEXT)
    rows.statement()
    rows.follow_up(made.commitment, state="confirmed")
    return made


def walk(client: Client, *entrances: str) -> dict[str, str]:
    """Every page that links lead to from the entrances, by address; what differs from visit to visit is taken out."""
    seen: dict[str, str] = {}
    waiting = list(entrances)
    while waiting and len(seen) < AT_MOST:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
        body = _text(answer)
        seen[address] = f"{answer.status_code} {body}"
        waiting += _links(address, body)
    assert len(seen) < AT_MOST
    return seen


def _text(answer) -> str:
    """The body without what every visit makes anew: the token of a form, the permanent id offered for a new row."""
    raw = b"".join(answer) if answer.streaming else answer.content
    if zipfile.is_zipfile(BytesIO(raw)):  # a DOCX: its parts, without the time it was made
        with zipfile.ZipFile(BytesIO(raw)) as parts:
            raw = b"".join(parts.read(name) for name in parts.namelist() if not name.startswith("docProps/"))
    body = raw.decode("utf-8", "replace")
    if answer.wsgi_request.path.endswith("/add/"):
        body = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", body)
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", body)


def _links(at: str, body: str) -> Iterator[str]:
    for link in re.findall(r'href="([^"]+)"', body) + re.findall(r'"(http://testserver/[^"]+)"', body):
        link = link.replace("http://testserver", "").replace("&amp;", "&").partition("#")[0]
        if link.startswith("?"):
            link = at.partition("?")[0] + link
        # Lists of the admin are asked with words below; their every filter and order, every legislature that can be
        # handed over, and every month of the calendar, which has no end, would take a walk of its own.
        if re.match(r"/(?!static/|(?:admin/|overdracht|kalender/).*\?)", link):
            yield link


@pytest.mark.parametrize("who", WALKERS)
def test_what_an_office_keeps_changes_nothing_that_others_see(office, who):
    client = office.client(who)
    before = walk(client, *ENTRANCES)
    office.keep()
    after = walk(client, *ENTRANCES)
    assert {address: body for address, body in after.items() if body != before.get(address)} == {}
    assert reverse("commitment", args=[office.commitment.uid]) in after
    assert reverse("api:commitment-detail", args=[office.commitment.uid]) in after
    if who == "superuser":
        assert {reverse(f"admin:commitments_{name}_changelist") for name in ("commitment", "team", "tag")} <= set(after)
    assert not [address for address, body in after.items() if any(word in body for word in SECRETS)]


@pytest.mark.parametrize("who", ["a_reader", "a_manager"])
def test_the_same_walk_finds_it_for_who_is_of_the_office(office, who):
    office.keep()
    found = {address for address, body in walk(office.client(who), *ENTRANCES).items() if NOTE in body}
    assert {"/bureau/", reverse("commitment", args=[office.commitment.uid])} <= found


@pytest.mark.parametrize("who", [one for one in OUTSIDE_A if one != "anonymous"])
def test_what_an_office_keeps_changes_no_mail_of_others(office, who):
    Subscription.objects.create(user=office.users[who])
    digest.send_due(moment=noon_of(DAY))
    Subscription.objects.get().digests.all().delete()
    office.keep()
    digest.send_due(moment=noon_of(DAY))
    before, after = (f"{one.subject} {one.body} {one.alternatives[0].content}" for one in mail.outbox)
    assert after == before
    assert not any(word in after for word in SECRETS)


def questions(office: World, secret: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Questions with a word or an id that office A alone knows in the place of `secret`."""
    for list_page in ("commitment", "statement", "event", "followup", "digest", "tag", "team", "membership"):
        yield reverse(f"admin:commitments_{list_page}_changelist"), {"q": secret}
    yield reverse("commitments"), {"q": secret}
    yield reverse("commitments"), {"label": secret}
    yield reverse("api:commitment-list"), {"person": secret}
    yield reverse("api:commitment-list"), {"label": secret}


@pytest.mark.parametrize("who", OUTSIDE_A)
def test_asking_with_a_word_of_the_office_is_answered_as_with_any_other(office, who):
    office.keep()
    client = office.client(who)
    nonsense = "x" * len(NOTE)
    known, unknown = str(office.label.pk), str(uuid4())
    for secret, other in ((NOTE, nonsense), (known, unknown)):
        for (address, query), (_, as_other) in zip(questions(office, secret), questions(office, other), strict=True):
            one, two = client.get(address, query), client.get(address, as_other)
            assert one.status_code == two.status_code
            assert _text(one).replace(secret, other) == _text(two), (address, query)


@pytest.mark.parametrize("who", OUTSIDE_A)
def test_an_address_of_the_office_answers_as_one_that_never_was(office, who):
    office.keep()
    client = office.client(who)
    made = office.commitment.uid
    pairs = [
        (("office_mark", made, office.a.uid), ("office_mark", made, uuid4())),
        (("office_note", made, office.a.uid), ("office_note", made, uuid4())),
        (("office_note_edit", office.note.pk), ("office_note_edit", uuid4())),
        (("office_note_remove", office.note.pk), ("office_note_remove", uuid4())),
    ]
    for (name, *known), (_, *unknown) in pairs:
        one, two = (client.post(reverse(name, args=args), {"text": "x"}) for args in (known, unknown))
        assert one.status_code == two.status_code in (302, 404)
        assert _text(one).replace(str(known[-1]), str(unknown[-1])) == _text(two)
        assert one.get("Location") == two.get("Location")
    for name in ("change", "delete", "history"):
        one, two = (
            client.get(reverse(f"admin:commitments_tag_{name}", args=[pk]), follow=False)
            for pk in (office.label.pk, uuid4())
        )
        assert one.status_code == two.status_code != 200


@pytest.mark.django_db
def test_deleting_a_login_tells_nothing_of_what_the_login_wrote(office):
    office.keep()
    client = office.client("superuser")
    body = _text(client.get(reverse("admin:auth_user_delete", args=[office.users["a_author"].pk])))
    assert "a_author" in body
    assert not any(word in body for word in SECRETS)


@pytest.mark.django_db
def test_no_office_is_deleted_at_the_desk(office):
    assert (
        office.client("superuser").post(reverse("admin:commitments_team_delete", args=[office.a.pk])).status_code == 403
    )
    assert Team.objects.filter(pk=office.a.pk).exists()


@pytest.mark.django_db
def test_a_manager_who_left_finds_no_trace_of_the_labels_at_the_desk(office):
    client = office.client("a_manager")
    client.post(reverse("admin:commitments_tag_add"), {"team": office.a.pk, "name": "kokmeeuw"}, follow=True)
    assert OfficeEvent.objects.filter(kind="label", after={"name": "kokmeeuw"}).exists()
    office.users["a_manager"].memberships.all().delete()
    office.users["a_manager"].is_staff = True
    office.users["a_manager"].save()
    assert "kokmeeuw" not in _text(client.get("/admin/"))


def test_every_private_row_is_found_by_its_viewer_and_hangs_on_nothing_that_others_hold():
    assert {model.__name__ for model in PRIVATE} == {
        "Note",
        "Priority",
        "PutOff",
        "Tag",
        "Tagging",
        "Watch",
        "OfficeEvent",
        "FeedAddress",
        "SavedSearch",
    }
    for model in PRIVATE:
        assert hasattr(model.objects, "seen_by")
        assert not hasattr(model, "history"), "raw history would keep it for everybody at the desk"
        assert admin.site.is_registered(model) == (model.__name__ == "Tag")
    for holder in apps.get_models():
        related = {one.related_model for one in holder._meta.related_objects}
        assert not related & set(PRIVATE), f"{holder.__name__} leads to private rows by the way"


@pytest.mark.parametrize("model", [one for one in PRIVATE if one.__name__ != "Tag"])
def test_what_the_admin_would_print_of_a_private_row_says_nothing(model):
    secret = {field.attname: NOTE for field in model._meta.concrete_fields if field.get_internal_type() == "TextField"}
    assert NOTE not in str(model(**secret))


def raw_uses() -> Iterator[str]:
    """Places in the product that reach private rows otherwise than by `seen_by`."""
    names = {model.__name__ for model in PRIVATE}
    for path in sorted(ROOT.glob("commitments/**/*.py")) + sorted(ROOT.glob("tracker/**/*.py")):
        if "migrations" in path.parts:
            continue
        # The places that write them may make new ones; who has the secret of an address opens that one.
        writes = {
            "commitments/services/offices.py": {"create", "get_or_create"},
            "commitments/services/feed_addresses.py": {"create", "opened_by"},
            "commitments/services/searching.py": {"create"},
        }
        allowed = {"seen_by", "seen_by_each"} | writes.get(path.relative_to(ROOT).as_posix(), set())
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fine = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in allowed and isinstance(node.value, ast.Attribute)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("objects", "_default_manager", "_base_manager")
                and isinstance(node.value, ast.Name)
                and node.value.id in names
                and id(node) not in fine
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


# The empty choice of a form, to be replaced by what its viewer sees, is no row.
def test_no_door_reaches_private_rows_by_the_raw_manager():
    found = list(raw_uses())
    forms = [one for one in found if one.startswith("commitments/team_forms.py")]
    assert found == forms
    source = (ROOT / "commitments/team_forms.py").read_text(encoding="utf-8")
    assert len(forms) == source.count("Tag.objects.none()") == 2
