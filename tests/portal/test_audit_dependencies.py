"""`viche audit_dependencies`: one question to OSV, on an answer recorded from its documentation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from core.domain.locked_packages import read_locked_packages
from notifications.channels import outgoing
from portal.management.commands import audit_dependencies

#: As https://google.github.io/osv.dev/post-v1-querybatch/ shows one.
FOUND = {
    "vulns": [
        {"id": "GHSA-whgm-jr23-g3j9", "modified": "2023-12-06T00:56:34Z"},
        {"id": "PYSEC-2021-76", "modified": "2023-11-08T04:05:00Z"},
    ]
}


class Osv:
    """A server on the loopback that answers as OSV would, of packages that are found wanting."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.wanting: set[str] = set()
        self.body: bytes | None = None
        osv = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                osv.asked.append(question)
                urls = [each["package"]["purl"] for each in question["queries"]]
                results = [FOUND if any(n in u for n in osv.wanting) else {} for u in urls]
                self.send_response(200)
                self.end_headers()
                self.wfile.write(osv.body or json.dumps({"results": results}).encode())

            def log_message(self, *_words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/querybatch"


@pytest.fixture
def osv(monkeypatch) -> Iterator[Osv]:
    made = Osv()
    Thread(target=made.server.serve_forever, daemon=True).start()
    network = outgoing.Network(may_ask=lambda _address: True)
    monkeypatch.setattr(audit_dependencies, "NETWORK", network)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_it_asks_once_of_what_a_site_runs_and_says_names_and_versions_alone(osv, capsys):
    call_command("audit_dependencies", url=osv.url)
    served = [one for one in read_locked_packages(settings.BASE_DIR) if one.is_served]
    assert f"No vulnerability is known of {len(served)} packages." in capsys.readouterr().out
    (question,) = osv.asked
    assert set(question) == {"queries"}
    urls = [each["package"]["purl"] for each in question["queries"]]
    assert len(urls) == len(served)
    assert all(set(each) == {"package"} for each in question["queries"])
    version = next(one.version for one in served if one.name == "django")
    assert f"pkg:pypi/django@{version}" in urls
    assert any(url.startswith("pkg:npm/%40mapbox/") for url in urls)
    assert not any("pytest" in url for url in urls)


def test_what_is_found_is_named_and_ends_with_a_code(osv, capsys):
    osv.wanting = {"/django@"}
    with pytest.raises(CommandError, match="1 of"):
        call_command("audit_dependencies", url=osv.url)
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("django ")
    assert "https://osv.dev/vulnerability/GHSA-whgm-jr23-g3j9" in line


@pytest.mark.parametrize("body", [b"no", b"{}", b'{"results": []}', b"[]"])
def test_an_answer_that_is_none_does_not_pass_for_a_good_one(osv, body):
    osv.body = body
    with pytest.raises(CommandError, match="no answer"):
        call_command("audit_dependencies", url=osv.url)


def test_a_server_that_is_away_is_one_sentence(osv):
    osv.server.server_close()
    with pytest.raises(CommandError, match="cannot be asked"):
        call_command("audit_dependencies", url=osv.url)
