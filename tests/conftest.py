"""What holds for every test: no network beyond this machine, no file outside a temporary folder, no frozen day."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from commitments.index import Shelf, index, texts
from tests import network, services

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
MARKS_OF_SERVICES = ("service", "browser")
NO_SHARED = "../shared is not here"

# How long an example takes says something of the machine, nothing of the code.
hypothesis.settings.register_profile("any-machine", parent=hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("any-machine")


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.stay_on_this_machine(patch)
        yield


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path: Path) -> None:
    """Give each test its own var folder, and the clock's day instead of a demo's."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.MAIL_DIR = settings.EMAIL_FILE_PATH = settings.VAR_DIR / "mail"
    settings.TODAY = None
    settings.API_RATE_ADDRESS = settings.API_RATE_KEY = ""  # a test asks as often as it likes


@pytest.fixture(autouse=True)
def _nothing_left_on_the_shelves(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """Clear the index after a test that committed: Django empties the tables of its models, and the index is none."""
    marked = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marked and marked.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("django_db_setup")
    yield
    with django_db_blocker.unblock():
        for shelf in Shelf:
            index().clear(shelf)
        texts.clear()


@pytest.fixture
def shared() -> Path:
    """The folder with real documents and labels that may stand beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"{NO_SHARED}: the real documents and the labels are not part of the repository")
    return SHARED


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Address of a PostgreSQL that answers, with the right to make databases (TEST_DATABASE_URL)."""
    return services.postgres_or_skip()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Address of a Redis that answers (TEST_REDIS_URL); every test run by xdist gets a database of its own."""
    return services.redis_or_skip()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be run once more on PostgreSQL."""
    for item in items:
        wants = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or wants & {"db", "transactional_db", "live_server"}:
            item.add_marker(pytest.mark.database)
    items[:] = _waiting_ones_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _waiting_ones_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Let each worker begin with some modules that wait for services: at the end of one worker, all others would wait.

    A worker gets a stretch of the list, and takes over from the end of another's when its own is done.
    """
    modules: dict[str, list[pytest.Item]] = {}
    others = []
    for item in items:
        if item.get_closest_marker("service"):
            modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
        else:
            others.append(item)
    turns = list(modules.values())
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        for module in turns[worker::workers]:
            ordered += module
        ordered += others[worker * len(others) // workers : (worker + 1) * len(others) // workers]
    return ordered


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Make a skip a failure where what it waits for was promised.

    REQUIRE_SERVICES=1 promises the services and a browser, REQUIRE_SHARED=1 the folder of real documents.
    """
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        mark = next((name for name in MARKS_OF_SERVICES if item.get_closest_marker(name)), None)
        if mark and os.environ.get("REQUIRE_SERVICES") == "1":
            report.outcome = "failed"
            report.longrepr = f"REQUIRE_SERVICES=1, and this {mark} test was skipped. {reason}"
        elif NO_SHARED in reason and os.environ.get("REQUIRE_SHARED") == "1":
            report.outcome = "failed"
            report.longrepr = f"REQUIRE_SHARED=1, and this test was skipped. {reason}"
    return report
