"""A real browser on a live server, where there is one."""

import os
import shutil
from collections.abc import Iterator

import pytest

WIDTHS = {"phone": 360, "desk": 1280}


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, without a sandbox of its own and without any traffic of its own."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium here: install Debian's package chromium to run the browser tests")
    from playwright.sync_api import sync_playwright

    # The browser's driver runs an event loop in this thread, which is no reason to forbid the tests their rows.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS)
def page(request, browser) -> Iterator:
    """A page as wide as a phone and as wide as a desk, that fails the test when it meets an error."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="en-GB")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.set_default_timeout(int(os.environ.get("BROWSER_TIMEOUT_MS", "15000")))
    yield opened
    context.close()
    assert wrong == []
