"""The council's row: what pages, mails and sheets say, and when they say something else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.security.adapter import FactorsAdapter
from city.council import actions
from city.models import Council
from core.domain.actions import action
from core.domain.council import TOPIC, cached_council, council, forget_council, keep, note_seq
from core.domain.topics import raise_topic, seq_of
from core.export.prints.card import Card, draw_card
from core.web.mail import compose
from notifications.sending.mail import defer_letter, send_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(admin):
    admin.second_factored = True
    return lambda **values: actions.change_council(values, by=None)


def test_the_environment_fills_the_row_once(settings):
    assert council().council == settings.CITY["council"]
    assert council().arms.endswith(".svg")


def test_kept_pages_and_mails_say_the_new_name_at_once(renamed, mailoutbox):
    anonymous = Client()
    assert "Рудногірська міська рада" in anonymous.get("/").text
    renamed(council="Степова селищна рада", email="rada@step.example")
    page = anonymous.get("/").text
    assert "Степова селищна рада" in page
    assert "Рудногірська міська рада" not in page
    mail = compose("accounts/erased", {}, to="olena@viche.example")
    assert "Степова селищна рада" in mail.body
    assert mail.from_email == '"Степова селищна рада" <rada@step.example>'
    send_letter(defer_letter(mail).pk)
    assert mailoutbox[0].from_email == mail.from_email


@pytest.mark.parametrize("person", ["olena", "ofi", None])
def test_no_request_asks_for_it(client, person, request):
    if person:
        client.force_login(request.getfixturevalue(person))
    client.get("/consultations/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/consultations/")
    assert not [query for query in asked if "city_council" in query["sql"]]


def test_another_process_is_believed_by_its_counter(client, olena):
    """The session and the page bring the counter of what nobody told this process."""
    client.force_login(olena)
    client.get("/")
    with action():
        Council.objects.update(phone="111-22-33")
        raise_topic(TOPIC)
    for reader in (client, Client()):
        assert "111-22-33" in reader.get("/").text


def test_a_broken_page_names_the_council_without_asking(renamed, django_assert_num_queries):
    renamed(council="Степова селищна рада")
    forget_council()
    council()
    with django_assert_num_queries(0):
        assert cached_council().council == "Степова селищна рада"
        assert "Степова" in render_to_string("500.html")


def test_there_is_one_row():
    with pytest.raises(IntegrityError):
        Council.objects.create(pk=2)


def test_sheets_cards_feeds_and_codes_name_it_too(renamed):
    card = Card("Парк", "триває", "open", "1", "підпис", None, "")
    before = draw_card(card, "uk")
    renamed(council="Степова селищна рада", email="rada@step.example")
    Client().get("/")
    assert draw_card(card, "uk") != before
    assert "Степова селищна рада" in Client().get("/petitions/feed.atom").text
    assert "rada@step.example" in Client().get("/.well-known/security.txt").text
    assert FactorsAdapter().get_totp_issuer() == "Степова селищна рада"


def test_lists_are_read_once_until_the_council_changes_something(renamed):
    read = iter(range(10))
    kept = [keep("streets", lambda: next(read)) for _time in range(2)]
    renamed(phone="111-22-33")
    note_seq(seq_of(TOPIC))
    kept += [keep("streets", lambda: next(read)) for _time in range(2)]
    assert kept == [0, 0, 1, 1]
