"""Canaries in a private appeal that is worked on are found nowhere but with those who may read it.

They stand in its text, subject, name, residence, contact, the name and the metadata of its picture,
in what the council wrote of it for itself (a note, a resolution) and in an answer that is not sent.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus
from zipfile import ZipFile

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.data import export
from appeals import actions
from appeals.models import Appeal, Attachment
from core.domain import clock
from core.domain.calendar import local_date
from notifications.mails import reminders
from notifications.sending import mail as mails
from tests import factories as people
from tests.access import routes
from tests.appeals import factories
from tests.appeals.filing.conftest import TYPED

pytestmark = pytest.mark.django_db

#: In all that is written; in an address and in a picture, which take no Cyrillic letters.
CANARY, LATIN = "канаркомух", "kanarkomukh"
TYPED_CANARIES = TYPED | {
    "kind": "complaint",
    "text": f"Прошу прибрати {CANARY} з дерева.",
    "subject": f"Про {CANARY}",
    "name": f"{CANARY.title()} Іван Іванович",
    "residence": f"вул. {CANARY}, 5",
    "email": f"{LATIN}@example.org",
    "phone": f"{CANARY} 067",
}
#: Everywhere that something is looked for by words, and in what is alike.
SEARCHES = (
    *(f"/search/?q={CANARY}", f"/en/search/?q={CANARY}", f"/search/?q={CANARY}&kind=answers"),
    *(f"/appeals/answers/?q={CANARY}", f"/petitions/?q={CANARY}", f"/consultations/?q={CANARY}"),
    *(f"/api/v1/petitions/?q={CANARY}", f"/api/v1/consultations/?q={CANARY}"),
    *("/appeals/answers/", "/appeals/figures/", f"/api/v1/answers/?q={CANARY}"),
    f"/desk/appeals/?list=all&q={CANARY}",
)
#: Tables that hold the appeal itself; everything else is looked through.
OWN = {"appeals_appeal", "appeals_attachment", "appeals_entry", "appeals_answer"}


@pytest.fixture
def logged(caplog) -> Any:
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def worked(logged, department) -> tuple[Appeal, str]:
    """The appeal and its code: filed by the form without an account, opened by the code, and as far
    as its answer is drafted."""
    client = Client()
    answer = client.post("/appeals/new/", TYPED_CANARIES | {"attachments": [_picture()]})
    code = re.search(r'id="appeal-secret">([0-9A-Z-]+)<', answer.text)
    assert code, answer.text
    appeal = Appeal.objects.get()
    client.post("/appeals/find/", {"number": appeal.label, "secret": code[1]})
    client.get(appeal.get_absolute_url())
    clerk, boss = factories.registrar(), factories.head(department)
    desk = Client()
    desk.force_login(clerk)
    desk.get("/desk/appeals/", {"q": CANARY})
    actions.accept(appeal, by=clerk, department=department)
    actions.assign(appeal, by=boss, department=department, resolution=f"Знайти {CANARY}")
    actions.note(appeal, by=clerk, text=f"Дзвонив {CANARY}")
    actions.draft_answer(appeal, by=boss, text=f"{CANARY} прибрано.", result="satisfied")
    appeal.refresh_from_db()
    return appeal, code[1]


def _picture() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = LATIN  # its description and its artist
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=exif, comment=LATIN.encode())
    assert out.getvalue().count(LATIN.encode()) == 3
    return SimpleUploadedFile(f"{CANARY}.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def outsiders(worked, bohdan, mo, admin) -> dict[str, Client]:
    """A stranger, a resident, a moderator, and an officer with whom it has nothing to do."""
    other = people.user("other", role="officer", department=people.department("Архів", slug="x"))
    found = {"nobody": Client()}
    for name, user in (("resident", bohdan), ("moderator", mo), ("officer", other)):
        found[name] = Client()
        found[name].force_login(user)
    return found


def test_who_may_read_it_finds_all_of_it(worked, department):
    """Or the others would prove nothing."""
    appeal, code = worked
    desk, own = Client(), Client()
    desk.force_login(factories.head(department))
    own.post("/appeals/find/", {"number": appeal.label, "secret": code})
    read = desk.get(reverse("appeals_desk:detail", args=[appeal.pk])).text.lower()
    for words in ("прошу прибрати", "про", "вул.", "знайти", "дзвонив"):
        assert f"{words} {CANARY}" in read
    for words in (f"{CANARY} прибрано", f"{CANARY} іван", f"{CANARY}.jpg", f"{CANARY} 067", LATIN):
        assert words in read
    theirs = own.get(appeal.get_absolute_url()).text.lower()
    assert f"прошу прибрати {CANARY}" in theirs
    for words in ("знайти", "дзвонив", f"{CANARY} прибрано"):
        assert words not in theirs


@pytest.mark.with_all
@pytest.mark.cpu(13)
def test_no_page_feed_export_or_metric_has_it(worked, outsiders):
    """Every address without arguments, of pages, files, feeds, open data and programs."""
    appeal, code = worked
    names = [name for name, parameters in routes.names() if name and not parameters]
    addresses = {reverse(name) for name in names if not name.endswith(":")}
    assert {"/metrics", "/sitemap.xml", "/api/v1/appeals/", "/appeals/figures/"} <= addresses
    found = [
        (who, address)
        for who, client in outsiders.items()
        for address in sorted(addresses)
        if _tells(client.get(address), appeal, code)
    ]
    assert not found


def test_no_search_and_nothing_that_is_alike_has_it(worked, outsiders):
    appeal, code = worked
    said = {"text": TYPED_CANARIES["text"], "track": "unsure"}
    for who, client in outsiders.items():
        for address in SEARCHES:
            answer = client.get(address)
            assert answer.status_code in (200, 302, 400, 403), address
            assert not _tells(answer, appeal, code, typed=CANARY), (who, address)
        alike = client.post("/start/", said)
        assert alike.status_code == 200
        assert not _tells(alike, appeal, code, typed=said["text"]), who


def test_no_copy_of_anybody_elses_data_has_it(worked, bohdan, tmp_path):
    for user in (bohdan, factories.registrar()):
        path = tmp_path / f"{user.pk}.zip"
        assert export.write(user, path, tell=lambda done, total: True)
        for name, content in _unpacked(path):
            assert CANARY not in content.lower(), name
            assert LATIN not in content.lower(), name


def test_no_log_has_its_words_or_its_code(worked, logged):
    _appeal, code = worked
    records = [*logged.get_records("setup"), *logged.get_records("call")]
    # django.db logs statements, with DEBUG alone.
    mine = [each.getMessage() for each in records if each.name != "django.db.backends"]
    words = (CANARY, LATIN, code.lower(), code.replace("-", "").lower())
    assert mine
    assert not [line for line in mine if any(word in line.lower() for word in words)]


def test_no_other_table_has_its_words_and_none_its_code(worked):
    _appeal, code = worked
    _do_jobs()
    assert _tables_with(CANARY) == OWN
    # Its e-mail stands in no job, no letter that waits and no session.
    assert _tables_with(LATIN) == {"appeals_appeal"}
    assert _tables_with(code) == _tables_with(code.replace("-", "")) == set()
    kept = [str(session.get_decoded()).lower() for session in Session.objects.all()]
    assert kept
    assert not [words for words in kept if CANARY in words or LATIN in words]


def test_its_picture_is_kept_without_what_it_told(worked):
    kept = bytes(Attachment.objects.get().content)
    assert LATIN.encode() not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_no_mail_has_its_words(worked, department):
    """What is written to its applicant, whose e-mail nobody has confirmed, and to the staff."""
    _appeal, code = worked
    _do_jobs()
    today = local_date(clock.now())
    boss = factories.head(department)
    Appeal.objects.update(due_at=clock.now() + timedelta(days=1))
    for user in (boss, factories.registrar()):
        ids = {"day": today.toordinal()}
        assert mails.send(reminders.TEMPLATE, user.pk, f"day:{today}", ids)
    told = {to for sent in mail.outbox for to in sent.to}
    assert told == {f"{LATIN}@example.org", boss.email, factories.registrar().email}
    for sent in mail.outbox:
        assert not sent.attachments
        words = f"{sent.subject} {sent.body} {sent.alternatives}".lower()
        assert not [word for word in (CANARY, LATIN, code.lower()) if word in words]


def _do_jobs() -> None:
    """Send the mails that wait, as a worker would."""
    for job in ProcrastinateJob.objects.filter(queue_name="mail", status="todo"):
        app.tasks[job.task_name].func(**job.args)


def _tells(answer: Any, appeal: Appeal, code: str, typed: str = "") -> bool:
    """Whether an answer has a canary, the code or the address of the appeal, beside what was
    typed."""
    body = b"".join(answer).decode(errors="replace").lower()
    if typed:
        for written in {typed.lower(), *_quoted(typed)}:
            body = body.replace(written, "")
    told = (CANARY, LATIN, code.lower(), f"/appeals/{appeal.pk}/")
    return any(words in body for words in told)


def _quoted(words: str) -> set[str]:
    return {quote(words).lower(), quote_plus(words).lower()}


def _unpacked(path: Path) -> Iterator[tuple[str, str]]:
    with ZipFile(path) as opened:
        for name in opened.namelist():
            yield name, opened.read(name).decode(errors="replace")


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
