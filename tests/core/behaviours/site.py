"""A site of one page, made and served by a test: its scripts and styles are the product's own."""

from __future__ import annotations

import mimetypes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils import translation
from playwright.sync_api import Browser, Page

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"


class Site:
    """A browser's window, the pages that it can open, and what it asked for and complained of."""

    def __init__(self, browser: Browser, **options) -> None:
        #: The beacon that base.html loads is there, and counts nobody.
        self.pages: dict[str, str] = {
            "/insights/seen.gif": "GIF89a",
            **dict.fromkeys(
                ["/account/notifications/unread/", "/en/account/notifications/unread/"], " "
            ),
        }
        self.moved: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.asked: list[str] = []
        self.complaints: list[str] = []
        site = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.context = browser.new_context(**{"service_workers": "block"} | options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(5000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def close(self) -> None:
        self.context.close()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.split("?")[0]
        self.asked.append(path)
        status, kind, body = 404, "text/html; charset=utf-8", b""
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            status, kind, body = 200, mimetypes.guess_type(path)[0] or "", Path(found).read_bytes()
        elif path in self.moved:
            status = 302
        elif html := self.pages.get(path):
            status, kind, body = 200, mimetypes.guess_type(path)[0] or kind, html.encode()
        elif html := self.refused.get(path):
            status, body = 403, html.encode()
        request.send_response(status)
        if status == 302:
            request.send_header("Location", self.moved[path])
        request.send_header("Content-Security-Policy", CSP)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def open(self, body: str, **context) -> Page:
        """Open a page with this body (a template), scripts loaded."""
        self.pages["/"] = page_of(body, **context)
        self.page.goto(self.address)
        return self.page


def page_of(body: str, **context) -> str:
    source = (
        "{% load static components forms frame times %}<!DOCTYPE html>"
        "<html lang=en><head><title>Test</title>"
        '<link rel="stylesheet" href="{% static "css/tokens.css" %}"></head>'
        f"<body>{body}</body></html>"
    )
    with translation.override("en"):
        return Template(source).render(Context(context))


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.tagName")
