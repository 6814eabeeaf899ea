"""Whatever goes wrong under /api/ is told as problem JSON, in the reader's language, and never as a page."""

import json
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.utils import translation
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from commitments.api.problems import as_problem
from tests import rows

LIST = "/api/v1/commitments/"
MEMBERS = {"type", "title", "status", "detail"}
ENGLISH = {"Accept-Language": "en"}


def problem(answer, status: int) -> dict:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found = json.loads(answer.content)
    assert set(found) >= MEMBERS
    assert found["status"] == status
    assert all(isinstance(found[name], str) and found[name] for name in ("type", "title", "detail"))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v2/commitments/", f"{LIST}no-uid/", "/api/x"])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
def test_an_address_that_is_nothing_is_a_problem_whatever_is_done_there(address, method):
    assert problem(getattr(Client(enforce_csrf_checks=True), method)(address), 404)["detail"]


@pytest.mark.django_db
def test_a_commitment_that_is_not_there_is_a_problem(client):
    found = problem(client.get(f"{LIST}6a1f3f6e-0000-4000-8000-000000000000/"), 404)
    assert "Commitment" not in found["detail"]


@pytest.mark.django_db
def test_an_address_without_its_slash_leads_to_the_one_with_it(client):
    answer = client.get(f"{LIST[:-1]}?overdue=true")
    assert (answer.status_code, answer["Location"]) == (301, f"{LIST}?overdue=true")
    problem(client.post(LIST[:-1]), 404)


@pytest.mark.django_db
def test_it_is_told_in_dutch_or_in_english(client):
    address = "/api/nothing/"
    for asked, title in (("nl-NL,nl;q=0.9", "Hier is niets"), ("en-GB", "Nothing here"), ("fr", "Hier is niets")):
        answer = client.get(address, headers={"Accept-Language": asked})
        assert problem(answer, 404)["title"] == title
        assert "Accept-Language" in answer["Vary"]


@pytest.mark.django_db
def test_a_value_that_makes_no_sense_is_told_by_its_field(client):
    found = problem(client.get(LIST, {"kind": "everything", "due_before": "soon"}, headers=ENGLISH), 400)
    assert set(found["errors"]) == {"kind", "due_before"}
    assert all(isinstance(one, str) for sentences in found["errors"].values() for one in sentences)
    for field, (sentence,) in found["errors"].items():
        assert f"{field}: {sentence}" in found["detail"]


@pytest.mark.django_db
def test_what_is_only_read_is_not_written_and_says_what_may_be_done(client):
    answer = client.delete(LIST)
    assert problem(answer, 403 if answer.status_code == 403 else 401)
    answer = Client(headers={"Accept": "image/png"}).get(LIST)
    problem(answer, 406)


@pytest.mark.django_db
def test_a_key_that_is_none_says_how_to_come_in(client):
    answer = client.get(LIST, headers={"Authorization": "Bearer x"} | ENGLISH)
    assert "no such key" in problem(answer, 401)["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
def test_what_nobody_expected_tells_the_number_of_the_request_and_nothing_of_the_site(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("commitments.api.views.Past", broken)
    client.raise_request_exception = False
    answer = client.get(LIST)
    found = problem(answer, 500)
    assert found["request_id"] == answer["X-Request-ID"]
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_an_answer_that_is_fine_is_no_problem(client):
    rows.commitment()
    assert client.get(LIST)["Content-Type"] == "application/json"


class Writing(APIView):
    """A view that takes JSON, and raises what it is told to."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    parser_classes = [JSONParser]
    error: Exception | None = None

    def post(self, request):
        if self.error is not None:
            raise self.error
        return Response(request.data)


def post(error: Exception | None = None, content: str = "{}", content_type: str = "application/json"):
    request = APIRequestFactory().generic("POST", "/", content, content_type)
    return Writing.as_view(error=error)(request)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (exceptions.ParseError(), 400),
        (exceptions.NotAuthenticated(), 403),  # 401 only where a way to come in is named
        (PermissionDenied(), 403),
        (PermissionDenied("That office is not yours."), 403),
        (exceptions.PermissionDenied(), 403),
        (Http404("No Commitment matches the given query."), 404),
        (exceptions.MethodNotAllowed("POST"), 405),
        (exceptions.NotAcceptable(), 406),
        (exceptions.UnsupportedMediaType("text/csv"), 415),
        (exceptions.Throttled(wait=0.2), 429),
    ],
)
def test_every_error_of_the_house_is_a_problem(error, status):
    problem(post(error), status)


@pytest.mark.parametrize(
    ("error", "dutch"),
    [
        (exceptions.Throttled(wait=12), "U vraagt te vaak. Vraag opnieuw na 12 seconden."),
        (exceptions.NotAuthenticated(), "Stuur een sleutel mee, of meld u eerst aan."),
        (exceptions.MethodNotAllowed("POST"), "De methode POST doet hier niets."),
        (exceptions.PermissionDenied(), "Dat mag u niet."),
        (exceptions.PermissionDenied("Deze sleutel reikt niet zo ver."), "Deze sleutel reikt niet zo ver."),
    ],
)
def test_a_problem_is_told_in_the_words_of_the_house(error, dutch):
    with translation.override("nl-be"):
        assert problem(post(error), error.status_code)["detail"] == dutch


def test_a_body_that_is_not_read_is_a_problem():
    problem(post(content="{"), 400)
    problem(post(content="a,b", content_type="text/csv"), 415)
    assert post(content='{"a": 1}').status_code == 200


def test_the_time_to_wait_is_a_whole_number_of_seconds_that_is_long_enough():
    assert post(exceptions.Throttled(wait=0.2))["Retry-After"] == "1"
    assert post(exceptions.Throttled(wait=12))["Retry-After"] == "12"
    assert not post(exceptions.Throttled()).has_header("Retry-After")


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        (["No."], {"non_field_errors": ["No."]}),
        ({"non_field_errors": ["No."]}, {"non_field_errors": ["No."]}),
        ({"a": ["One.", "Two."]}, {"a": ["One.", "Two."]}),
        ({"deadline": {"end": ["No day."]}}, {"deadline.end": ["No day."]}),
        ({"parts": [{}, {"title": ["Empty."]}]}, {"parts.1.title": ["Empty."]}),
        ([{"a": ["No."]}], {"0.a": ["No."]}),
    ],
)
def test_what_is_wrong_within_a_field_is_named_by_its_whole_way(said, errors):
    assert problem(post(exceptions.ValidationError(said)), 400)["errors"] == errors


def test_what_is_no_error_of_a_request_is_left_to_the_site():
    assert as_problem(RuntimeError("x"), {"request": SimpleNamespace()}) is None
