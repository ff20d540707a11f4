"""From the casting on nothing that a voter gets of a secret poll says what they chose.

All bytes that two voters with different choices get, and that one gets who votes twice, over page,
API, mail, push, export and lists, are the same but for the tokens and times below: so a picture of
the screen, a mail or an export proves nothing. (A receipt's code is random.)
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.data.export import write
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from votes.electorate import actions as electorate_actions
from votes.models import Poll

pytestmark = [pytest.mark.django_db, pytest.mark.with_all, pytest.mark.cpu(6)]

#: What is drawn anew for each answer, and the time.
_OWN = re.compile(
    rb'name="(?:csrfmiddlewaretoken|slip|idempotency_key)" value="[^"]*"|"form":"[^"]*"'
    rb'|data-now="[^"]*"|data-clock datetime="[^"]*">[^<]*|"made_at": ?"[^"]*"',
)
#: The code of a receipt, as the page and as the API gives it; it is random, and no other
#: hexadecimal digits are.
_CODE = re.compile(rb'data-words="([0-9a-f]{32})"|"code": ?"([0-9a-f]{32})"')
_QR = re.compile(rb'<svg[^>]*class="qr">.*?</svg>', re.DOTALL)
_PAGES = ["detail", "standing", "dates", "vote", "voters", "check", "results"]
_LISTS = ["/", "/polls/", "/polls/?state=all", "/polls/for-me/", "/account/me/", "/activity/"]
_LISTS += ["/account/data/", "/polls/data.csv", "/polls/calendar.ics", "/polls/feed.atom"]
_API = ["poll", "poll_results", "poll_codes", "ballot", "secret_ballot"]
_SLIP = re.compile(r'name="slip" value="([^"]*)"')


@pytest.fixture
def poll_of(officer, department, olena, bohdan):
    def make(kind: str, secrecy: str = Poll.Secrecy.SECRET) -> Poll:
        fields = {"ballot_kind": kind} if secrecy == Poll.Secrecy.SECRET else {}
        made = factories.poll(officer, department, secrecy=secrecy, **fields)
        return electorate_actions.freeze(made)

    return make


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    client.get("/")
    return client


def told(name: str, answer: Any) -> dict[tuple[str, str], Any]:
    body = answer.getvalue() if answer.streaming else answer.content
    if name == "cast" and (found := _CODE.search(body)):
        code = found[1] or found[2]
        spelled = b" ".join(b"<span>%s</span>" % code[at : at + 4] for at in range(0, 32, 4))
        body = _QR.sub(b"", body.replace(code, b"").replace(spelled, b""))
    # Of the body, tokens among it; what is left of it is compared to the byte.
    drawn = ("Date", "ETag", "Content-Length", "X-Request-ID")
    return {
        (name, "status"): answer.status_code,
        (name, "headers"): {key: v for key, v in answer.headers.items() if key not in drawn},
        (name, "body"): _OWN.sub(b"", body),
    }


def received(poll: Poll, person: Any, client: Client, place: int, way: str) -> dict[Any, Any]:
    """All that they get from the casting POST on."""
    question, option = factories.first_question(poll).pk, factories.options(poll)[place]
    if way == "page":
        address = reverse("votes:vote", args=[poll.pk])
        slip = (_SLIP.search(client.get(address).text) or [None, ""])[1]
        answer = client.post(address, {f"q{question}": option, "slip": slip, "cast": "1"})
    else:
        address = reverse("api:secret_ballot", args=[poll.pk])
        body = {"choices": {question: option}, "form": client.get(address).json()["form"]}
        answer = client.post(address, body, content_type="application/json")
    assert answer.status_code in (200, 201), answer.content
    found = told("cast", answer)
    assert bool(_CODE.search(answer.content)) is poll.has_receipts
    forget_pages()
    addresses = [
        *_LISTS,
        *(reverse(f"votes:{name}", args=[poll.pk]) for name in _PAGES),
        *(reverse(f"api:{name}", args=[poll.pk]) for name in _API),
        reverse("api:me"),
    ]
    for each in addresses:
        found |= told(each, client.get(each))
    return found | beside(person)


def beside(person: Any) -> dict[Any, Any]:
    """Mails, jobs (pushes and mails are sent by them), and their export."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        (jobs,) = cursor.fetchone()
    return {"mails": len(mail.outbox), "jobs": jobs, "export": exported(person)}


def exported(person: Any) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.zip"
        write(person, path, tell=lambda _done, _total: True)
        with ZipFile(path) as archive:
            return {name: _OWN.sub(b"", archive.read(name)) for name in archive.namelist()}


def differing(one: dict[Any, Any], other: dict[Any, Any]) -> set[Any]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


@pytest.mark.in_turn("way", ["page", "api"])
@pytest.mark.parametrize("kind", ["once", "changeable"])
def test_two_with_different_choices_get_the_same_bytes(poll_of, olena, kind, way):
    """The same person in two worlds, so that nothing but the choice is another."""
    poll, client = poll_of(kind), client_of(olena)
    worlds = []
    for place in (0, 2):
        with transaction.atomic():
            worlds.append(received(poll, olena, client, place, way))
            transaction.set_rollback(True)
    assert differing(*worlds) == set()


@pytest.mark.in_turn("way", ["page", "api"])
def test_two_votes_of_one_voter_get_the_same_bytes(poll_of, olena, way):
    poll, client = poll_of("changeable"), client_of(olena)
    first, second, third = (received(poll, olena, client, place, way) for place in (0, 2, 1))
    assert differing(first, second) == differing(second, third) == set()


def test_the_comparison_has_teeth(poll_of, olena):
    """Of an open poll the receipt, one's own page and the export say it."""
    poll, client = poll_of("", Poll.Secrecy.NAMELESS), client_of(olena)
    one, other = (received(poll, olena, client, place, "page") for place in (0, 2))
    assert {("cast", "body"), ("/account/me/", "body"), "export"} <= differing(one, other)
