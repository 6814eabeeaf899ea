"""A client made of the description alone walks every address, and what it gets is what the description says."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from tests.commitments.feed import DAY, House, house, key, more_rows
from tests.commitments.test_feed_schema import ASKERS, DESCRIBED, headers_of

pytestmark = pytest.mark.django_db
SHORT = {"page_size": "2"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def shown() -> House:
    made = house()
    more_rows(3)
    return made


class Walker:
    """Knows nothing but the description: which addresses there are, what they take and what they answer."""

    def __init__(self, described: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self.paths = described["paths"]
        self.components = {"components": described["components"]}
        self.headers = dict(headers)
        self.client = Client()

    def lists(self) -> Iterator[str]:
        """Addresses that need nothing to be asked for."""
        yield from (path for path, item in self.paths.items() if "get" in item and "{" not in path)

    def of_one(self, path: str) -> Iterator[str]:
        """Addresses of one row of a list."""
        inside = (one for one in self.paths if one.startswith(path + "{uid}/"))
        yield from (one for one in inside if "get" in self.paths[one])

    def get(self, path: str, address: str = "", **query: str) -> Any:
        """Ask, and hold the answer against what is said of its status and type."""
        answer = self.client.get(address or path, query, headers=self.headers)
        said = self.paths[path]["get"]["responses"]
        assert str(answer.status_code) in said, (path, answer.status_code)
        content = said[str(answer.status_code)]["content"]
        media = answer["Content-Type"].partition(";")[0]
        assert media in content, (path, media)
        if "json" not in media:
            return answer
        found = answer.json()
        schema = content[media]["schema"] | self.components
        errors = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(found)
        assert [f"{error.json_path}: {error.message}" for error in errors] == [], path
        return found if answer.status_code == 200 else None

    def rows(self, path: str) -> Iterator[Mapping[str, Any]]:
        """Every row of a list, two at a time."""
        found = self.get(path, **SHORT)
        while True:
            yield from found["results"]
            if found["next"] is None:
                return
            there = urlsplit(found["next"])
            found = self.get(path, f"{there.path}?{there.query}")


@pytest.mark.parametrize("asker", ASKERS)
def test_every_address_that_is_described_is_walked_to_its_last_row(shown, asker):
    walker = Walker(DESCRIBED, headers_of(shown, asker))
    walked: set[str] = set()
    for path in walker.lists():
        takes = {one["name"] for one in DESCRIBED["paths"][path]["get"]["parameters"]}
        walked.add(path)
        if "cursor" not in takes:
            walker.get(path)
            continue
        uids = [row["uid"] for row in walker.rows(path)]
        assert len(uids) == len(set(uids)) > 1, path
        for inside in walker.of_one(path):
            walked.add(inside)
            for uid in uids:
                one = walker.get(inside, inside.replace("{uid}", uid))
                if inside == f"{path}{{uid}}/":
                    assert one["uid"] == uid
    assert walked == {path for path, item in DESCRIBED["paths"].items() if "get" in item}


def test_every_choice_that_is_described_is_taken(shown):
    walker = Walker(DESCRIBED, key(shown.office.users["a_reviewer"]))
    tried = 0
    for path in walker.lists():
        for one in DESCRIBED["paths"][path]["get"]["parameters"]:
            schema = one["schema"]
            choices = schema.get("enum") or schema.get("items", {}).get("enum") or []
            for choice in choices:
                if one["name"] == "format" and choice != "json":
                    continue
                assert walker.get(path, **{one["name"]: choice}) is not None, (path, one["name"], choice)
                tried += 1
    assert tried > 100
