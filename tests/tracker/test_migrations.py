"""A new database is made in one step for each app; one that took the many steps before stands at the same tables."""

import pytest
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


@pytest.fixture(scope="module")
def steps() -> MigrationLoader:
    """All migrations there are on disk, those that are replaced as well; of no database."""
    return MigrationLoader(None, replace_migrations=False)


def state_after(steps: MigrationLoader, node: tuple[str, str]) -> ProjectState:
    return steps.project_state([node])


def changes(before: ProjectState, after: ProjectState) -> dict[str, list]:
    return MigrationAutodetector(before, after)._detect_changes()


@pytest.mark.parametrize("app", ["transcripts", "commitments"])
def test_one_step_makes_what_the_many_made(steps, app):
    (one,) = [key for key in steps.replacements if key[0] == app]
    last = steps.replacements[one].replaces[-1]
    assert changes(state_after(steps, last), state_after(steps, one)) == {}


@pytest.mark.parametrize("app", ["transcripts", "commitments"])
def test_the_step_before_the_last_would_not_have_been_the_same(steps, app):
    (one,) = [key for key in steps.replacements if key[0] == app]
    before_last = steps.replacements[one].replaces[-2]
    assert changes(state_after(steps, before_last), state_after(steps, one)) != {}


def test_every_step_that_one_replaces_is_still_there(steps):
    replaced = [key for one in steps.replacements.values() for key in one.replaces]
    assert replaced
    assert set(replaced) <= set(steps.disk_migrations)
