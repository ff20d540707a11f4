"""What every answer says beside its body, to whoever reads it: one crawl a reader, kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http.response import ResponseHeaders

from tests.access.routes import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


#: What is the same for everybody, whoever is signed in: browsers keep it.
FILES = frozenset(
    {
        *("council-arms", "council-colours", "council-display-colours"),
        *("consultation-picture", "map-tiles", "map-features", "verifier-file"),
    }
)


@dataclass(frozen=True)
class Head:
    """The head of an answer, and whether a form is in its body."""

    status: int
    headers: ResponseHeaders
    has_form: bool


Answers = Callable[[str], dict[str, Head]]


@pytest.fixture(scope="module")
def kept() -> dict[str, dict[str, Head]]:
    """Answers about the city as it was built, by who reads them."""
    return {}


@pytest.fixture
def answers(city: Any, enter: Any, kept: dict[str, dict[str, Head]]) -> Answers:
    """``answers("mo")``: what mo is answered at every route, by its name."""

    def answers_to(role: str) -> dict[str, Head]:
        if role not in kept:
            client, found = enter(role), {}
            for name, address in addresses(city).items():
                answer = client.get(address)
                body = b"" if answer.streaming else answer.content
                found[name] = Head(answer.status_code, answer.headers, b"<form" in body)
            kept[role] = found
        return kept[role]

    return answers_to


@pytest.mark.in_turn("role", ["olena", "mo", "ofi", "admin"])
def test_whoever_is_signed_in_gets_private_answers(answers: Answers, role: str):
    for name, answer in answers(role).items():
        if name in FILES:
            assert answer.headers["Cache-Control"].startswith("public, max-age="), name
            continue
        assert answer.headers["Cache-Control"] == "private, no-store", name
        assert "Cookie" in answer.headers["Vary"], name
        assert "ETag" not in answer.headers, name


@pytest.mark.in_turn("role", ["olena", "anon", "ofi", "mo"])
def test_every_answer_forbids_frames_scripts_and_guesses(answers: Answers, role: str):
    for name, answer in answers(role).items():
        assert_forbidding(name, answer)


@pytest.mark.parametrize("role", ["anon", "olena", "ofi", "mo"])
def test_what_is_not_there_forbids_them_too(enter: Any, role: str):
    for address in ("/nowhere/", "/api/v1/nowhere/"):
        answer = enter(role).get(address)
        assert answer.status_code == 404
        assert_forbidding(address, Head(answer.status_code, answer.headers, False))


def assert_forbidding(name: str, answer: Head) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff", name
    if name.startswith("embed:"):  # displays: without session, cookies and forms
        assert "X-Frame-Options" not in headers, name
        assert policy.endswith("frame-ancestors *"), name
        assert not answer.has_form, name
        return
    if name == "meetings_control:preview" and answer.status == 200:
        # What displays show, in a frame of our own control page; nothing is sent from it.
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert policy.endswith("frame-ancestors 'self'")
        assert not answer.has_form
        return
    assert headers["X-Frame-Options"] == "DENY", name
    assert headers["Referrer-Policy"], name
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
    assert "unsafe" not in policy and "*" not in policy and "http:" not in policy, name
    assert ("frame-ancestors 'none'" in policy) or ("sandbox" in policy), name
    assert "default-src" in policy, name
