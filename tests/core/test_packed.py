"""The demo's middleware that packs pages and style sheets, as nginx does elsewhere."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from core.web.middleware.packed import Packed

_WORDS = b"words " * 200


def _answer(response):
    request = RequestFactory(headers={"Accept-Encoding": "gzip"}).get("/")
    return Packed(lambda _request: response)(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/css", "image/svg+xml"])
def test_words_are_packed(kind):
    answer = _answer(HttpResponse(_WORDS, content_type=kind))
    assert gzip.decompress(answer.content) == _WORDS
    streamed = _answer(StreamingHttpResponse([_WORDS], content_type=kind))
    assert gzip.decompress(b"".join(streamed.streaming_content)) == _WORDS


@pytest.mark.parametrize(
    ("kind", "status"), [("text/html", 206), ("image/webp", 200), ("application/pdf", 200)]
)
def test_parts_and_what_is_packed_already_stay(kind, status):
    answer = _answer(HttpResponse(_WORDS, content_type=kind, status=status))
    assert answer.content == _WORDS
    assert "Content-Encoding" not in answer.headers
