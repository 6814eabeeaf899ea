"""The description of the API: committed, valid, with examples that fit, and true of every answer that is asked for."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from commitments.models import Scope
from commitments.showing.portfolios import portfolio_uid
from tests.commitments.feed import DAY, House, house, key
from tracker.wsgi import application

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
DESCRIBED = yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ASKERS = {"nobody": ("", ()), "reader": ("a_reader", (Scope.OFFICE,)), "reviewer": ("a_reviewer", tuple(Scope))}
# What is asked is the same each time: chosen by the schema, not by chance.
ASKED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=5,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _world(settings):
    settings.TODAY = DAY


def headers_of(shown: House, asker: str) -> dict[str, str]:
    who, scopes = ASKERS[asker]
    if not who:
        return {}
    return {"Authorization": key(shown.office.users[who], *scopes)["authorization"]}


def ids_of(shown: House, path: str) -> list[str]:
    """Ids for {uid} of an address: one that anyone sees, and one that waits for review."""
    name = {"speeches": "speech", "people": "person", "follow-ups": "follow-up"}.get(part := path.split("/")[3])
    name = name or part.removesuffix("s")
    if name == "portfolio":
        return [str(portfolio_uid(shown.public["mandate"][0].portfolio))]
    found = shown.public[name][:1] + shown.closed.get(name, [])[:1]
    return [str(one.uid) for one in found]


def test_the_committed_description_is_that_of_the_code(tmp_path):
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", "--lang", "en", "--validate", "--fail-on-warn", "--file", str(made))
    assert made.read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8"), "run make schema"


def test_it_is_openapi_3_1_and_says_what_everything_is():
    assert DESCRIBED["openapi"].startswith("3.1")
    silent = [
        f"{method} {path} {one['name']}"
        for path, item in DESCRIBED["paths"].items()
        for method, said in item.items()
        for one in said.get("parameters", [])
        if not one.get("description") and one["name"] != "uid"
    ]
    assert silent == []
    assert all(said.get("description") for item in DESCRIBED["paths"].values() for said in item.values())


def test_every_example_is_what_its_schema_says():
    whole = {"$defs": DESCRIBED["components"]["schemas"]}
    text = yaml.safe_dump(whole).replace("#/components/schemas/", "#/$defs/")
    definitions = yaml.safe_load(text)["$defs"]
    tried = 0
    for name, schema in definitions.items():
        for example in schema.get("examples", []):
            validator = Draft202012Validator(schema | {"$defs": definitions})
            assert [error.message for error in validator.iter_errors(example)] == [], name
            tried += 1
    assert tried > 10


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_no_question_that_the_description_allows_or_not_is_answered_otherwise_than_it_says(asker, mode):
    shown = house()
    headers = headers_of(shown, asker) | {"Accept-Encoding": "identity"}  # it does not unpack what it gets in-process
    described = schemathesis.openapi.from_dict(DESCRIBED)
    described.app = application
    problems: list[str] = []
    for result in described.get_all_operations():
        operation = result.ok()
        for uid in ids_of(shown, operation.path) if "{uid}" in operation.path else [None]:
            # Half of the questions are about a row that is there.
            for given_path in dict.fromkeys((None, uid)):
                if given_path and mode is schemathesis.GenerationMode.NEGATIVE and not asks(operation):
                    continue  # nothing can be said wrongly about a row that is there
                try:
                    ask(operation, mode, headers, given_path)
                except (Exception, BaseExceptionGroup) as error:
                    told = "\n".join(str(one) for one in getattr(error, "exceptions", [error]))
                    problems.append(f"{operation.label} {given_path}: {told}")
    assert not problems, "\n\n".join(problems)


def asks(operation: Any) -> bool:
    """Tell whether an address takes anything but the id of a row."""
    said = DESCRIBED["paths"][operation.path][operation.method]
    return "requestBody" in said or any(one["in"] == "query" for one in said.get("parameters", []))


def ask(operation: Any, mode: Any, headers: dict[str, str], uid: str | None) -> None:
    path = {"path_parameters": {"uid": uid}} if uid else {}

    @ASKED
    @given(operation.as_strategy(generation_mode=mode, **path))
    def each(case: Any) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)

    each()
