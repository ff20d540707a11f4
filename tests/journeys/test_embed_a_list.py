"""An editor of another site shows a list and a card: that site stands at another origin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from lxml import html
from playwright.sync_api import expect

from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def other_site() -> Iterator[tuple[str, list[str]]]:
    """A site at another port: its address, and what its page says within <body>."""
    said: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><body>{''.join(said)}</body>".encode())

        def log_message(self, *_arguments: Any) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", said
    finally:
        server.shutdown()
        server.server_close()


def consume(page: str) -> str:
    """The code of a page's frame, as a small program finds it: by the link in its head."""
    with urlopen(page) as answer:
        links = html.fromstring(answer.read()).xpath("//link[@type='application/json+oembed']")
    own = urlsplit(links[0].get("href"))
    asked = f"{urljoin(page, own.path)}?{own.query}&{urlencode({'maxwidth': 320})}"
    with urlopen(asked) as answer:
        assert "Set-Cookie" not in answer.headers
        code: str = json.load(answer)["html"]
        return code


@pytest.mark.cpu(16)
def test_embed_a_list_and_a_card(city: City, consultation: Any, settings: Any):
    settings.SITE_URL = city.web.url
    page = city.window(None, "/data/embed/")
    page.get_by_label("Список").select_option("open")
    page.get_by_label("Світлий чи темний").select_option("dark")
    page.get_by_role("button", name="Показати").click()
    code = page.get_by_label("Скопіюйте це на свою сторінку:").input_value()
    card = consume(f"{city.web.url}/consultations/{consultation.pk}/")

    with other_site() as (address, said):
        said += [code, card]
        page.context.clear_cookies()
        page.goto(address)
        for number in (0, 1):
            frame = page.frame_locator("iframe").nth(number)
            expect(frame.get_by_role("link", name=consultation.title).first).to_be_visible()
        assert page.locator("iframe").nth(1).get_attribute("width") == "320"
        assert page.context.cookies() == []
        # Nothing else of ours stands in a frame.
        said[:] = [f'<iframe src="{city.web.url}/consultations/{consultation.pk}/"></iframe>']
        other = city.opened.enter_context(city.browser.new_context()).new_page()
        with other.expect_console_message(lambda told: "frame-ancestors 'none'" in told.text):
            other.goto(address)
        expect(other.frame_locator("iframe").get_by_text(consultation.title)).to_have_count(0)
