"""Every address of the site is in a table of who comes through it; one that is not in the table fails.

Each line is tried by everybody with the same set-up: the same rows, the same request, and only the person differs.
"""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse

from tests.commitments.doors import LOGIN, NOTHING, OPEN, PERSONAS, REFUSED
from tests.commitments.doors import house as house  # the fixture
from tests.commitments.offices import DAY
from tests.commitments.table_of_doors import ALL, GROUPS, MODELS

pytestmark = [pytest.mark.django_db, pytest.mark.doors]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from names(found, (*spaces, found.namespace) if found.namespace else spaces)
        else:
            yield ":".join([*spaces, found.name or ""]), str(found.pattern)


def test_every_address_and_every_model_of_the_admin_is_in_the_table():
    known = list(names(get_resolver()))
    # Without a name: the former address of a row in the admin, which leads on to its page, and the admin's "not found".
    assert {pattern for name, pattern in known if name.endswith(":")} == {"<path:object_id>/", "(?P<url>.*)$"}
    assert {name for name, _ in known if not name.endswith(":")} == set(ALL)
    assert set(MODELS) == set(admin.site._registry)


def end_of(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        target = answer["Location"]
        if target.startswith(reverse("admin:login")):
            return LOGIN
        return NOTHING if target == reverse("admin:index") else OPEN
    return {401: REFUSED, 403: REFUSED, 404: NOTHING}.get(answer.status_code, OPEN)


@pytest.mark.parametrize("group", GROUPS)
def test_each_person_comes_to_the_end_that_the_table_says(house, group):
    for name, door in GROUPS[group].items():
        answers = {persona: door.ask(house.office.client(login), house) for persona, login in PERSONAS.items()}
        assert not [persona for persona, answer in answers.items() if answer.status_code >= 500], name
        found = {persona: end_of(answer) for persona, answer in answers.items()}
        assert found == {persona: door.end_of(persona) for persona in PERSONAS}, name


def test_every_end_is_that_of_some_door():
    ends = {door.end_of(persona) for door in ALL.values() for persona in PERSONAS}
    assert ends == {OPEN, REFUSED, NOTHING, LOGIN}
