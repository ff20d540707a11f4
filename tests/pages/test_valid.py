"""The Nu Html Checker finds no error in any page, as the server sends it.

With --nightly alone, by `vnu-jar` (npm, a development dependency) and a Java. One test opens the
pages of all routes in Ukrainian and judges them together, since a start of Java takes seconds.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Response

from cli.install import HTML_CHECKER
from tests.pages import routes
from tests.pages.page_checks import PageCheck
from tests.plugins.walk import Walk

#: What is no error here: the message and the markup by which each is known.
_EXCUSED = (
    # htmx's own attributes.
    re.compile(r"^Attribute “hx-[a-z-]+” not allowed"),
)


@pytest.mark.nightly
@pytest.mark.cpu(900)
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)
def test_pages_are_valid_html(walk: Walk, tmp_path: Path):
    if not shutil.which("java"):
        pytest.fail("needs Java (on Debian: apt-get install default-jre-headless)")
    if not HTML_CHECKER.exists():
        pytest.fail("needs vnu-jar, which bin/test --nightly installs")
    shown: dict[str, str] = {}
    for route, looks in routes.PAGES.items():
        for look in looks(walk.town):
            for html in _load_documents(walk, look):
                name = f"{len(shown):04}.html"
                (tmp_path / name).write_text(html, encoding="utf-8")
                shown[name] = f"{route}, {look}"
    assert len(shown) > len(routes.PAGES)
    faults = {f"{shown[name]}: {fault}": None for name, fault in find_errors(tmp_path)}
    assert not faults, "\n".join(faults)


def _load_documents(walk: Walk, look: PageCheck) -> Iterator[str]:
    """The HTML of the page, and of those that the steps on it lead to, as they were sent."""
    documents: list[Response] = []

    def note(response: Response) -> None:
        if response.request.resource_type == "document" and response.status not in (301, 302, 303):
            documents.append(response)

    page = walk.window(look.who)
    page.on("response", note)
    walk.open(look)
    page.remove_listener("response", note)
    for response in documents:
        if "text/html" in response.headers.get("content-type", ""):
            try:
                yield response.text()
            except Error:  # the browser has let go of it, for the next page is there
                continue


def find_errors(folder: Path) -> list[tuple[str, str]]:
    """The name of a file, and what the checker says of it: the message and where."""
    command = ["java", "-Xss4m", "-jar", HTML_CHECKER, "--format", "json", "--errors-only"]
    told = subprocess.run([*command, folder], check=False, capture_output=True, text=True).stderr
    errors = [
        (Path(each["url"]).name, f"{each['message']} · {' '.join(each.get('extract', '').split())}")
        for each in json.loads(told)["messages"]
        if each["type"] == "error"
    ]
    return [each for each in errors if not any(rule.search(each[1]) for rule in _EXCUSED)]
