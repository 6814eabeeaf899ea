"""A client that others' software writes from the description reads every address, and what it read is what was said."""

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from tests.commitments.feed import DAY, House, house, key, more_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]
DESCRIPTION = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.yaml"
NAME = "written_by_others"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Iterator[ModuleType]:
    """The client as openapi-python-client writes it from the description, and nothing else."""
    folder = tmp_path_factory.mktemp("client")
    wish = folder / "wish.yaml"
    wish.write_text("post_hooks: []\n", encoding="utf-8")
    told = subprocess.run(  # noqa: S603 - all of it is ours
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(DESCRIPTION), "--meta", "none",
         "--config", str(wish), "--output-path", str(folder / NAME), "--fail-on-warning"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))
    for one in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[one]


@pytest.fixture
def shown() -> House:
    made = house()
    more_rows(3)
    return made


class Reader:
    """Asks every address through the functions that were written, and remembers which of them answered."""

    def __init__(self, written: ModuleType, secret: str | None) -> None:
        told: dict[str, Any] = {
            "base_url": "http://testserver",
            "raise_on_unexpected_status": True,
            "httpx_args": {"transport": httpx.WSGITransport(app=get_wsgi_application())},
        }
        self.client = written.AuthenticatedClient(token=secret, **told) if secret else written.Client(**told)
        self.read: set[str] = set()

    def ask(self, module: ModuleType, status: int = 200, **given: Any) -> Any:
        """Return what it made of the answer, which it has to be able to say again as it was."""
        answer = module.sync_detailed(client=self.client, **given)
        assert answer.status_code == status, (module.__name__, answer.content)
        said = json.loads(answer.content)
        again = [one.to_dict() for one in answer.parsed] if isinstance(said, list) else answer.parsed.to_dict()
        assert again == said, module.__name__
        self.read.add(module.__name__.rpartition(".")[2])
        return answer.parsed

    def walk(self, module: ModuleType) -> Iterator[Any]:
        page = self.ask(module, page_size=2)
        while True:
            yield from page.results
            if page.next_ is None:
                return
            (cursor,) = parse_qs(urlsplit(str(page.next_)).query)["cursor"]
            page = self.ask(module, page_size=2, cursor=cursor)


def doors(written: ModuleType) -> dict[str, ModuleType]:
    """The functions that read, by what they are called."""
    inside = importlib.import_module(f"{written.__name__}.api")
    found = {}
    for one in pkgutil.walk_packages(inside.__path__, f"{inside.__name__}."):
        module = importlib.import_module(one.name)
        if not one.ispkg and '"method": "get"' in inspect.getsource(module):
            found[one.name.rpartition(".")[2]] = module
    return found


@pytest.mark.parametrize("role", [None, "a_reviewer"])
def test_a_client_that_others_wrote_walks_every_address_and_reads_it_as_it_was_said(written, shown, role):
    bearer = key(shown.office.users[role], "proposals", "office")["authorization"].partition(" ")[2] if role else None
    reader, known = Reader(written, bearer), doors(written)
    lists = {name for name, one in known.items() if "cursor" in inspect.signature(one.sync_detailed).parameters}
    of_one = {name for name, one in known.items() if "uid" in inspect.signature(one.sync_detailed).parameters}
    for name in sorted(lists):
        rows = list(reader.walk(known[name]))
        assert len(rows) > 1, name
        for row in rows:
            assert reader.ask(known[name.replace("_list", "_retrieve")], uid=row.uid).uid == row.uid
    for name in sorted(known.keys() - lists - of_one):
        reader.ask(known[name])
    reader.ask(known["commitments_office_list"], 200 if role else 404, uid=shown.office.commitment.uid)
    assert len(lists) == 10
    assert reader.read == known.keys()
