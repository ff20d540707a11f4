"""The database is away: every page says so with 503 and when to come back, whoever asks."""

from __future__ import annotations

import httpx
import pytest

from tests.servers import free_port, start_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
PATHS = ("/", "/consultations/1/", "/search/?q=x", "/api/v1/consultations/", "/healthz")


def test_pages_answer_503_while_the_database_is_away():
    nobody = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    with start_web(DATABASE_URL=nobody) as web:
        for path in PATHS:
            for headers in ({}, {"Cookie": "session=abcdefgh"}):
                answer = httpx.get(web.url + path, headers=headers, timeout=20)
                assert answer.status_code == 503, path
                assert int(answer.headers["Retry-After"]) > 0
        assert "Traceback" not in web.output()
