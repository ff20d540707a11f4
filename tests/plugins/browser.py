"""``browser``: headless Chromium, Debian's own; tests that ask for it skip where there is none.

bin/test prefers the headless shell, which takes less of the processor, but for --nightly.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = (
    os.environ.get("CHROMIUM")  # bin/test's choice
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("chromium-headless-shell")
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser for a fixture; Playwright's loop must have ended when other loops run."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous API runs an event loop in this thread; the ORM is used between
        # its calls, never inside of one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=10_000)  # what is promised sooner says so
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module."""
    with open_browser() as opened:
        yield opened
