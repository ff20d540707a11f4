"""A canary in a private appeal is found nowhere but on the pages of who may read it."""

from __future__ import annotations

import logging
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from appeals.models import Appeal
from notifications.applicants import send_appeal_filed
from tests.appeals.filing.conftest import TYPED, photo

pytestmark = pytest.mark.django_db

#: In text, subject, name, residence and a file's name.
CANARY = "канаркомух"
TYPED_CANARIES = TYPED | {
    "text": f"Прошу прибрати {CANARY} з дерева.",
    "subject": f"Про {CANARY}",
    "name": f"{CANARY.title()} Іван Іванович",
    "residence": f"вул. {CANARY}, 5",
}
PAGES = (
    *("/", "/search/", f"/search/?q={CANARY}", "/appeals/", "/appeals/find/", "/done/"),
    *("/sitemap.xml", "/metrics", "/petitions/", "/petitions/feed.atom", "/petitions/data.csv"),
    *("/api/v1/petitions/", f"/api/v1/petitions/?q={CANARY}", "/api/v1/consultations/"),
    "/en/search/?q=" + CANARY,
)
#: Tables that hold the appeal itself; everything else is looked through.
OWN = {"appeals_appeal", "appeals_attachment"}


@pytest.fixture
def filed(client, caplog) -> tuple[Appeal, str, str]:
    """One with canaries, filed without an account and opened; its code, and what was logged."""
    caplog.set_level(logging.DEBUG)
    answer = client.post(
        "/appeals/new/", TYPED_CANARIES | {"attachments": [photo(f"{CANARY}.jpg")]}
    )
    code = re.search(r'id="appeal-secret">([0-9A-Z-]+)<', answer.content.decode())
    assert code
    appeal = Appeal.objects.get()
    client.post("/appeals/find/", {"number": appeal.label, "secret": code[1]})
    client.get(f"/appeals/{appeal.pk}/")
    return appeal, code[1], caplog.text


def test_no_page_feed_search_export_or_metric_has_it(filed, olena, mo):
    appeal, code, _logged = filed
    for who in (None, olena, mo):
        reader = Client()
        if who:
            reader.force_login(who)
        for address in PAGES:
            answer = reader.get(address)
            body = b"".join(answer).decode().replace(f"q={CANARY}", "").lower()
            told = body.replace(f'value="{CANARY}"', "").replace(f"«{CANARY}»", "")
            assert told.count(CANARY) == 0 or "search" in address, (address, who)
            assert f"/appeals/{appeal.pk}/" not in body, address
            assert code.lower() not in body, address


def test_no_log_has_its_words_or_its_code(filed):
    _appeal, code, logged = filed
    mine = [line for line in logged.splitlines() if "django.db" not in line]
    assert not [line for line in mine if CANARY in line.lower() or code in line]


def test_no_other_table_has_its_words_and_none_its_code(filed):
    _appeal, code, _logged = filed
    send_appeal_filed(Appeal.objects.get().pk)
    found = {word: _tables_with(word) for word in (CANARY, code, code.replace("-", ""))}
    assert found == {CANARY: OWN, code: set(), code.replace("-", ""): set()}


def test_no_mail_has_its_words(filed):
    appeal, code, _logged = filed
    send_appeal_filed(appeal.pk)
    assert [sent.to for sent in mail.outbox] == [["maria@example.org"]]
    for sent in mail.outbox:
        words = f"{sent.subject} {sent.body} {sent.alternatives}".lower()
        assert CANARY not in words
        assert code.lower() not in words


def _tables_with(word: str) -> set[str]:
    """The tables of which some row says the word."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = set()
        for table in tables:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" t WHERE lower(t::text) LIKE %s)',  # noqa: S608
                [f"%{word.lower()}%"],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found
