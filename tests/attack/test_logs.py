"""No log holds what a link in a mail is followed by: neither Viche's own nor the proxy's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.web.logs import WithoutSecrets, WithoutTracesOfRefusals, open_part
from tests.access import routes
from tests.access.city import City
from tests.cli.conftest import wait_until
from tests.petitions.factories import petition, signatures
from tests.plugins.proxy import PROXY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def links(city: City) -> Iterator[tuple[str, str]]:
    """The address of everything that a link with a token leads to, and the token."""
    for name, parameters in routes.names():
        if "token" in parameters:
            for arguments in routes.things(city, name, parameters).values():
                yield reverse(name, args=arguments), arguments[parameters.index("token")]


def test_every_token_is_cut_off_and_nothing_else(city):
    found = list(links(city))
    assert len(found) >= 10
    for address, token in found:
        assert token in address
        assert token not in open_part(address)
        assert open_part(f"/en{address}").startswith("/en/")
    with_tokens = {name for name, parameters in routes.names() if "token" in parameters}
    for name, address in routes.addresses(city).items():
        assert name in with_tokens or open_part(address) == address


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=a", "--a\r\nContent-Disposition: form-data"),
        ("application/x-www-form-urlencoded", "a=1&" * 2000),
    ],
)
def test_a_form_that_cannot_be_read_writes_one_line(caplog, content_type, body):
    filters = settings.LOGGING["handlers"]["stderr"]["filters"]
    assert "without_traces" in filters
    caplog.handler.addFilter(WithoutTracesOfRefusals())
    answer = Client().post("/account/login/", body, content_type=content_type)
    assert answer.status_code in (200, 400)  # a part that breaks off is an empty form
    assert "Traceback" not in caplog.text
    assert len(caplog.text.splitlines()) == (answer.status_code == 400)


def test_viche_does_not_log_the_token_of_a_link_that_it_refuses(olena, caplog):
    one = petition(olena)
    (signed,) = signatures(one, 1)
    token = "5ec2e7" * 6
    caplog.set_level("INFO")
    caplog.handler.addFilter(WithoutSecrets())
    address = reverse("petitions:signature", args=(one.pk, signed.pk, token))
    Client().get(address, raise_request_exception=False)
    Client(enforce_csrf_checks=True).post(address)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("django.")]
    assert len([line for line in said if f"/signature/{signed.pk}/…" in line]) == 2, said
    assert token not in caplog.text


def test_what_viche_logs_goes_through_the_filter():
    (handler,) = settings.LOGGING["handlers"].values()
    assert (
        settings.LOGGING["filters"][handler["filters"][0]]["()"] == "core.web.logs.WithoutSecrets"
    )


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


def test_the_proxys_log_holds_no_token_no_query_no_referer(proxy):
    token = "0123456789abcdef0123456789abcdef01234567"
    referer = f"https://viche.example/petitions/1/confirm/2/{token}/"
    for path in (
        f"/petitions/1/confirm/2/{token}/",
        f"/en/petitions/1/confirm/2/{token}",
        f"/petitions/1/confirm/2/%30{token[1:]}/",
        f"/%0A/{token}/",
        f"/account/verify/idgov/callback/?code={token}&state={token}",
        f"/search/?q={token}",
        "/polls/7/",
    ):
        assert proxy.ask(path, Host="viche.example", Referer=referer) == (204, "")
    wait_until(lambda: proxy.log.read_text().count("\n") == 7, 10, "all is logged")
    said = proxy.log.read_text()
    assert token[1:] not in said
    assert "?" not in said
    paths = re.findall(r'"GET (\S+) HTTP/1.1" 204 ', said)
    assert paths[0] == "/petitions/1/confirm/2/..."
    assert paths[-1] == "/polls/7/"
