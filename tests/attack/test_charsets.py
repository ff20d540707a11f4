"""No charset that a request names breaks the server."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import RequestFactory

from config.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_charset_breaks_the_server():
    """Names of codecs that are none of text, or fail at everything: Django reads the query by
    them before any middleware runs, so the test's client cannot stand for the server."""
    charsets = ("rot13", "hex", "zlib", "undefined", "idna", "punycode", "utf-16", "nosuch")
    queries = ("q=%D1%81%D0%BB%D0%BE%D0%B2%D0%BE", "&".join(["a=b"] * 2000))
    for charset, asked in product(charsets, queries):
        for address in ("/search/", "/api/v1/consultations/"):
            environ = RequestFactory().get(address).environ | {
                "QUERY_STRING": asked,
                "CONTENT_TYPE": f"text/plain; charset={charset}",
            }
            answered: list[str] = []
            b"".join(application(environ, lambda status, headers, to=answered: to.append(status)))
            assert int(answered[0].split()[0]) < 500, (address, charset, asked[:20])
