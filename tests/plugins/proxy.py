"""``proxy``: an nginx by the documented configuration, where nginx is installed."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.cli.conftest import wait_until

PROXY = (settings.BASE_DIR / "deploy/nginx.conf").read_text()


@dataclass(frozen=True)
class Proxy:
    """Logs, refuses and apologises as the documented one does; whatever it lets pass is a 204."""

    port: int
    log: Path

    def ask(self, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and words of its answer: to a POST where there is a body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as asking:
            asking.request("POST" if body else "GET", path, body or None, headers)
            answer = asking.getresponse()
            return answer.status, answer.read().decode()


def _part(begin: str, end: str) -> str:
    start = PROXY.index(begin)
    return PROXY[start : PROXY.index(end, start)]


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if not program:
        pytest.skip("nginx is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    logging = _part("map $uri $viche_path", "# A hall")
    too_large = _part("error_page 413", "location /static/")
    (most,) = {line for line in PROXY.splitlines() if line == "    client_max_body_size 2m;"}
    log, conf = tmp_path / "access.log", tmp_path / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;\n"
        "events {}\n"
        f"http {{ {logging} server {{ listen 127.0.0.1:{port}; access_log {log} viche;"
        f" {most} {too_large} location / {{ return 204; }} }} }}\n"
    )
    process = subprocess.Popen([program, "-p", tmp_path, "-c", conf], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: log.exists() or process.poll() is not None, 10, "nginx starts")
        assert process.poll() is None
        yield Proxy(port, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
