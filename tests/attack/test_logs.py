"""No log holds what a link in a mail is followed by: neither Viche's own nor the proxy's."""

from __future__ import annotations

import http.client
import logging
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.logs import WithoutSecrets, open_part
from tests.access import routes
from tests.access.city import City
from tests.house.conftest import wait_until
from tests.petitions.factories import petition, signatures

pytestmark = pytest.mark.django_db

PROXY = (settings.BASE_DIR / "deploy/nginx.conf").read_text()


def links(city: City) -> Iterator[tuple[str, str]]:
    """The address of everything that a link with a token leads to, and the token."""
    for name, parameters in routes.names():
        if parameters and parameters[-1] == "token":
            for arguments in routes.things(city, name, parameters).values():
                yield reverse(name, args=arguments), arguments[-1]


def test_every_token_is_cut_off_and_nothing_else(city):
    found = list(links(city))
    assert len(found) >= 10
    for address, token in found:
        assert token in address
        assert token not in open_part(address)
        assert open_part(f"/en{address}").startswith("/en/")
    with_tokens = {address for address, _ in found}
    for address in routes.addresses(city).values():
        assert address in with_tokens or open_part(address) == address


def test_viche_does_not_log_the_token_of_a_link_that_it_refuses(olena, caplog):
    one = petition(olena)
    (signed,) = signatures(one, 1)
    token = "5ec2e7" * 6
    caplog.handler.addFilter(WithoutSecrets())
    address = reverse("petitions:signature", args=(one.pk, signed.pk, token))
    Client().get(address, raise_request_exception=False)
    Client(enforce_csrf_checks=True).post(address)
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([line for line in said if f"/signature/{signed.pk}/…" in line]) == 2, said
    assert token not in caplog.text


def test_what_viche_logs_goes_through_the_filter():
    (handler,) = settings.LOGGING["handlers"].values()
    assert settings.LOGGING["filters"][handler["filters"][0]]["()"] == "core.logs.WithoutSecrets"


def test_both_servers_of_the_proxy_log_safely():
    for server in PROXY.split("\nserver {")[1:]:
        (written,) = re.findall(r"\n    access_log (.+);", server)
        assert written.split()[1] == "viche"
        assert re.findall(r"\n    error_log \S+ (\w+);", server) == ["crit"]
    (written,) = re.findall(r"log_format viche (.+?);", PROXY, re.DOTALL)
    names = set(re.findall(r"\$(\w+)", written))
    assert not names & {"request", "request_uri", "uri", "args", "query_string", "http_referer"}


def test_the_proxy_cuts_as_viche_does():
    """The same pattern, whatever it is run by."""
    (pattern,) = re.findall(r'"~(.+)" "\$\{viche_open\}\.\.\."', PROXY)
    for path in ("/polls/1/", f"/petitions/1/confirm/2/{'a1' * 20}/", f"/en/x/{'-_' * 10}z"):
        cut = re.search(pattern, path)
        assert (f"{cut['viche_open']}…" if cut else path) == open_part(path)


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A running nginx that logs as the documented one does: its port, its log."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if not program:
        pytest.skip("nginx is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begin = PROXY.index("map $uri $viche_path")
    cut = PROXY[begin : PROXY.index("# A hall", begin)]
    log, conf = tmp_path / "access.log", tmp_path / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;\n"
        "events {}\n"
        f"http {{ {cut} server {{ listen 127.0.0.1:{port}; access_log {log} viche;"
        " location / { return 204; } } }\n"
    )
    process = subprocess.Popen([program, "-p", tmp_path, "-c", conf], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: log.exists() or process.poll() is not None, 10, "nginx starts")
        assert process.poll() is None
        yield port, log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def test_the_proxys_log_holds_no_token_no_query_no_referer(proxy):
    port, log = proxy
    token = "0123456789abcdef0123456789abcdef01234567"
    for path in (
        f"/petitions/1/confirm/2/{token}/",
        f"/en/petitions/1/confirm/2/{token}",
        f"/petitions/1/confirm/2/%30{token[1:]}/",
        f"/%0A/{token}/",
        f"/account/verify/idgov/callback/?code={token}&state={token}",
        f"/search/?q={token}",
        "/polls/7/",
    ):
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        asking.putrequest("GET", path, skip_host=True)
        asking.putheader("Host", "viche.example")
        asking.putheader("Referer", f"https://viche.example/petitions/1/confirm/2/{token}/")
        asking.endheaders()
        assert asking.getresponse().status == 204
        asking.close()
    wait_until(lambda: log.read_text().count("\n") == 7, 10, "all is logged")
    said = log.read_text()
    assert token[1:] not in said
    assert "?" not in said
    paths = re.findall(r'"GET (\S+) HTTP/1.1" 204 ', said)
    assert paths[0] == "/petitions/1/confirm/2/..."
    assert paths[-1] == "/polls/7/"
