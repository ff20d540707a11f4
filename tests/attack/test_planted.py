"""Nothing of people leaves by what others read: pages, feeds, files, cards, mails, logs, figures.

Every private text column of the register of personal data holds a word like no other
(tests/attack/planted.py). A new column is private until somebody says there that it is public; a
new route, data set, mail or kind of news is asked as soon as its own table names it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from accounts.models import User
from core.domain import clock
from core.web.logs import WithoutSecrets
from core.web.pages import forget_pages
from newsroom.press import actions as press
from notifications.channels.push.messages import compose as compose_push
from notifications.channels.telegram import sending as telegram
from notifications.digests.sending import send_batch
from notifications.models import Activity, Following, Kind
from notifications.sending.mail import send_once
from notifications.sending.recipients import Recipient
from portal.opendata.registry import DATASETS
from records.documents.filling import fill as fill_records
from records.models import Document
from tests import people
from tests.access import table
from tests.access.city import City
from tests.access.conftest import COLUMNS
from tests.access.routes import names, things
from tests.accounts.data.planting import Canaries, load_someone, sign_in
from tests.accounts.data.planting import plant as plant_someone
from tests.attack import planted
from tests.notifications.followers import follow, follower, told

pytestmark = pytest.mark.django_db

#: Pages that a link of a mail opens: who has it reads what is their own.
READ = {"text/html", "text/csv", "application/json", "application/atom+xml"}
BY_LINK = {"token", "secret"}
#: Cells of the table whose pages say something: also what is refused, hidden or gone.
ANSWERED = {"200", "200+", "400", "403", "404", "410", "422"}
#: Who reads: their columns in the table of access.
READERS = ["anon", "resident"]


@dataclass
class Planted:
    """The city with words in every private column; ``addresses``: what each reader is shown."""

    columns: dict[str, str]
    addresses: dict[str, list[str]]


@pytest.fixture(scope="module")
def made(_city: City, django_db_blocker: Any) -> Planted:
    with django_db_blocker.unblock():
        addresses = {reader: set(_addresses(_city, reader)) for reader in READERS}
        # Of what is shown to everybody, only the API may tell a resident more.
        shared = {address for address in addresses["anon"] if not address.startswith("/api/")}
        addresses["resident"] -= shared
        canaries = Canaries()
        someone = load_someone(canaries)
        mo, bohdan, charlie = (people.load(name) for name in ("mo", "bohdan", "charlie"))
        plant_someone(someone, bohdan, mo, people.load_department(), canaries)
        sign_in(someone, canaries)
        follower("somebody@viche.example", _city.opened)
        by_hand: dict[str, str] = {}
        for column, word in canaries.planted.items():  # the words of some stand in others, too
            by_hand.setdefault(word, column)
        asked = {reader: sorted(found) for reader, found in addresses.items()}
        return Planted(planted.plant(charlie) | by_hand, asked)


def _addresses(city: City, reader: str) -> Iterator[str]:
    """Every address that the table of access says is shown to somebody, or refused in words, and
    every data set."""
    column = list(COLUMNS).index(reader)
    shown: dict[str, str] = {}
    for line in table.read():
        if line.verb == "GET" and line.cells[column] in ANSWERED:
            shown[line.route] = f"{shown.get(line.route, '')} {line.things}"
    for name, parameters in names():
        if BY_LINK & set(parameters) or name.endswith(":"):
            continue
        for thing, arguments in things(city, name, parameters).items():
            if name.startswith("api:") or (name in shown and thing in shown[name]):
                yield reverse(name, args=arguments)
    for dataset in DATASETS:
        yield reverse("opendata:dataset", args=[dataset.slug])
        for kind in ("csv", "jsonl"):
            yield reverse("data_files:file", args=[dataset.slug, kind])


def _text_of(content: bytes) -> str:
    """What an answer says: files are opened."""
    if content[:5] == b"%PDF-" and len(content) > 100:
        reader = PdfReader(BytesIO(content))
        return f"{reader.metadata} {' '.join(page.extract_text() for page in reader.pages)}"
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as opened:
            parts = [_text_of(opened.read(name)) for name in opened.namelist()]
            return " ".join([*opened.namelist(), *parts])
    return content.decode(errors="replace")


@pytest.mark.cpu(20)
@pytest.mark.parametrize("reader", READERS)
def test_no_page_feed_file_card_log_or_figure(made, reader, caplog, settings):
    settings.METRICS_ALLOWED = ["127.0.0.0/8"]
    settings.MIDDLEWARE = ["core.web.middleware.measured.Measured", *settings.MIDDLEWARE]
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(WithoutSecrets())
    forget_pages()
    client = Client(raise_request_exception=False)
    if reader != "anon":
        client.force_login(people.load("charlie"))
    leaks, read = {}, set()
    for address in [*made.addresses[reader], "/metrics"]:
        answer = client.get(address)
        words = planted.find_words(_text_of(b"".join(answer)) + str(answer.headers))
        if words:
            read.add(answer["Content-Type"].partition(";")[0])
        if found := _columns(made, words):
            leaks[address] = found
    assert not leaks
    assert not planted.find_words(caplog.text)
    # What is public was read there, so what is not would have been.
    assert reader != "anon" or read >= READ, READ - read


def test_no_entry_of_the_register_of_documents(made):
    fill_records()
    rows = Document.objects.values_list("title", "number", "author", "keywords", "place", "address")
    assert len(rows) > 10
    assert not _columns(made, planted.find_words(" ".join(map(" ".join, rows))))


@pytest.mark.cpu(8)
def test_no_digest_mail_push_or_post(city, made, caplog):
    """All that waits to be sent; and the news of everything, to somebody who follows all."""
    caplog.set_level(logging.INFO)
    begin = clock.now() - timedelta(days=2)
    times = {"daily_until": begin, "weekly_until": begin}
    outsider = follower("outsider@outside.example", **times)
    charlie = follower(people.load("charlie"), **times)
    for kind in Kind:
        told(outsider, kind, "daily")
        for thing in Following._meta.get_field(kind).related_model._base_manager.all()[:40]:
            for who in (outsider, charlie) if kind != Kind.APPEAL else ():
                follow(who, thing, since=begin)
    press.invite(city.press.conference, by=city.people["ofi"])
    _do_jobs()
    queued = len(mail.outbox)
    send_batch("daily", clock.now())
    texts = [compose_push(activity, "uk").decode() for activity in Activity.objects.all()]
    for activity in Activity.objects.all():
        about, ids = f"activity:{activity.pk}", {"activity_id": activity.pk}
        send_once("following/happened", Recipient.of_follower(charlie), about, ids)
    for words, rows in telegram._TOLD.values():
        texts += [telegram._compose(words, thing) for thing in rows()]
    leaks = {text: found for text in texts if (found := _columns(made, planted.find_words(text)))}
    for letter in mail.outbox:
        words = _words_in(letter)
        found = _columns(made, words - _own_words(letter.to[0])) if words else set()
        # A letter that was written before is its receiver's; its row is gone when it is sent.
        found = {column for column in found if not column.startswith("notifications.letter.")}
        if found - _said_on_purpose(letter):
            leaks[f"{letter.to[0]}: {letter.subject}"] = found
    assert not leaks
    assert not planted.find_words(caplog.text)
    assert (queued > 5, len(mail.outbox) - queued > 5, len(texts) > 20) == (True, True, True), (
        queued
    )


def _said_on_purpose(letter: EmailMessage) -> set[str]:
    """Inviters to act for an organisation, or to a role, say who they are."""
    beginnings = ("Запрошення діяти від імені", "Вас запрошують працювати для ради")
    is_invitation = str(letter.subject).startswith(beginnings)
    return {"accounts.user.family_name"} if is_invitation else set()


def _words_in(letter: EmailMessage) -> set[str]:
    """The planted words of a mail, whatever its parts are coded in."""
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    parts = [part for part in read.walk() if not part.is_multipart()]
    said = [_text_of(part.get_payload(decode=True) or b"") for part in parts]
    return planted.find_words(" ".join([str(read["Subject"]), *said]))


def _own_words(address: str) -> set[str]:
    """The words of whoever has the address, with an account or without."""
    user = User.objects.filter(email=address).first()
    return planted.words_beside(address) | (planted.words_of(user) if user else set())


def _do_jobs() -> None:
    """The jobs of mails, and those that they leave."""
    done: set[int] = set()
    while jobs := list(ProcrastinateJob.objects.filter(queue_name="mail").exclude(pk__in=done)):
        for job in jobs:
            done.add(job.pk)
            app.tasks[job.task_name].func(**job.args)


def _columns(made: Planted, words: set[str]) -> set[str]:
    return {planted.column_of(made.columns, word) for word in words} - {""}
