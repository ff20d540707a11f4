"""Words that would be scripts stay words: on pages, in fragments, feeds, mails, JSON, drafts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from lxml import etree

from accounts.models import User
from consultations.life import actions as life_actions
from consultations.models import Consultation
from consultations.papers import actions as paper_actions
from consultations.remarks import actions
from core.web.mail import compose
from core.web.pages import forget_pages
from discussions import actions as discussion
from realtime.drawing import draw
from tests.access.routes import addresses
from tests.attack.rotation import languages_of
from tests.editing import carried
from tests.notifications.conftest import do, waiting
from votes.models import Option, Poll, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

__all__ = ["do", "waiting"]

#: An element, an attribute's end, a script's end, a template's tag, each with a name of its own.
POISON = """<xss>"><xss onx=1>'><xss>--></script></title></textarea><xss>{{7*7}}{% csrf_token %}"""
LINKS = (
    "[a](javascript:xss()) [b](JaVaScRiPt:xss) <javascript:xss> [c](data:text/html,<xss>) "
    '[d](//evil.example) [e](https://a.ua/"onx=1) ![x](https://a.ua/x.png) https://a.ua/<xss>'
)
#: What no page of ours holds.
_EVENTS = re.compile(r"on[a-z]+", re.IGNORECASE)
#: But the picture of a display, on the pages of who sets it, and a list of ours beside its code.
_PREVIEW = re.compile(
    r"/(en/)?(meetings/\d+/control/displays/preview/\?[a-z0-9=&;_%-]*|embed/meetings/\d+/display/"
    r"|embed/(open|calendar|acts|answers)/\?most=\d+&look=(auto|light|dark))$"
)


class Witness(HTMLParser):
    """Notes what a browser would run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_preview = tag == "iframe" and _PREVIEW.match(values.get("src") or "")
        if tag in ("xss", "iframe", "object", "embed", "base", "svg-script") and not is_preview:
            self.found.append(f"{tag} {values.get('src')}")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.found.append("script without an address")
        for name, value in values.items():
            if _EVENTS.fullmatch(name) or name in ("style", "srcdoc") or name.startswith("hx-on"):
                self.found.append(f"{tag} {name}")
            leads = name in ("href", "src", "action", "formaction", "xlink:href")
            if leads and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE):
                self.found.append(f"{tag} {name}={value}")


def assert_harmless(page: str, where: object) -> None:
    assert Witness(page).found == [], where


@pytest.fixture
def poisoned(city, olena, bohdan, ofi, department) -> Consultation:
    """Poison in every text that somebody may write."""
    User.objects.update(
        given_name=f"<xss>{POISON}"[:80], family_name="<xss>", public_name_style="full"
    )
    department.name = POISON[:90]
    department.save()
    for person in (olena, bohdan, ofi):
        person.refresh_from_db()
    texts = ("title", "summary", "brief", "problem", "options", "affected", "contact_person")
    fields = dict.fromkeys((*texts, "contact_details", "on_paper"), POISON)
    for state, consultation in city.by_state.items():
        Consultation.objects.filter(pk=consultation.pk).update(
            **fields,
            short_period_reason=POISON,
            outcome=POISON if state == "reported" else "",
            withdrawn_reason=POISON if state == "withdrawn" else "",
        )
    Poll.objects.update(title=POISON, summary=POISON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
        Question.objects.update(text=POISON, details=POISON)
        Option.objects.update(text=POISON, details=POISON)
        cursor.execute("SET LOCAL session_replication_role = origin")
    opened = Consultation.objects.get(pk=city.opened.pk)
    words = f"{POISON}\n\n{LINKS}"
    remark = actions.remark(
        opened,
        by=olena,
        text=words,
        kind="wording",
        proposal=f"{city.clause.text} {POISON}",
        clause_id=city.clause.pk,
    )
    actions.change_remark(remark, by=olena, text=f"{words}!", proposal=POISON)
    actions.reply(remark, by=bohdan, text=words)
    actions.answer(remark, by=ofi, text=words)
    paper_actions.attach(opened, by=ofi, title=POISON, file=BytesIO(b"%PDF-1.4"))
    paper_actions.add_link(opened, by=ofi, title=POISON, url='https://a.ua/?"><xss>')
    life_actions.change_dates(
        opened, by=ofi, opens_on=opened.opens_on, last_day=opened.last_day, reason=POISON
    )
    city.shown = remark
    forget_pages()
    return opened


@pytest.mark.in_turn("role", ["anon", "olena", "mo", "ofi"])
def test_what_is_stored_stays_words(city, poisoned, enter, role, request):
    client = enter(role)
    seen = 0
    for name, address in addresses(city).items():
        for prefix in languages_of(request.config, address):
            response = client.get(f"{prefix}{address}")
            kind = response.headers.get("Content-Type", "")
            if kind.startswith("text/html"):
                assert_harmless(response.text, name)
                seen += "&lt;xss" in response.text
            elif "json" in kind:
                body = b"".join(response)
                for document in body.splitlines() if "jsonl" in kind else (body,):
                    json.loads(document)
                assert response.headers["X-Content-Type-Options"] == "nosniff"
            elif "openxmlformats" in kind:
                with ZipFile(BytesIO(b"".join(response))) as document:
                    for part in document.namelist():
                        if part.endswith((".xml", ".rels")):
                            assert_no_element(document.read(part))
            elif "xml" in kind:
                assert_no_element(response.content)
    assert seen > 4


def assert_no_element(written: bytes) -> None:
    assert not etree.fromstring(written).xpath("//*[local-name()='xss']")


def test_feed_and_calendar_hold_words_alone(city, poisoned, client):
    feed = client.get("/consultations/feed.atom")
    for content in etree.fromstring(feed.content).iter("{*}summary", "{*}title"):
        if content.get("type") == "html":  # then a reader reads it once more
            assert_harmless(content.text or "", "feed")
            assert "<" not in (content.text or "")
    calendar = client.get(f"{poisoned.get_absolute_url()}calendar.ics").content
    assert b"\nX-EVIL" not in calendar
    assert Calendar.from_ical(calendar).walk("VEVENT")


def test_live_frames_hold_words_alone(city, poisoned):
    topic = f"consultation:{poisoned.pk}"
    changes = [("RemarkPosted", city.shown.pk), ("RemarkAnswered", city.shown.pk)]
    for language in ("uk", "en"):
        for face in ("page", "display"):
            frames = draw(topic, changes, [(language, face)])
            for operation in frames[language, face] or ():
                assert_harmless(operation.get("html", ""), (language, face))


def test_mails_hold_words_alone(city, poisoned, mo, do):
    discussion.hide(city.shown.comment, by=mo, reason="spam", note=POISON)
    assert do() > 3
    assert len(mail.outbox) > 2
    for message in mail.outbox:
        assert "\n" not in message.subject
        for body, kind in message.alternatives:
            assert kind == "text/html"
            assert_harmless(body, message.subject)


def test_a_name_writes_no_header():
    message = compose(
        "accounts/email_confirmation",
        {"code": "1", "user": "a\r\nBcc: evil@evil.example", "email": "x"},
        to="olena@viche.example",
    )
    assert "evil" not in str(message.message().get("Bcc", ""))


REFLECTED = "%3Cxss%3E%22%3E%3Cxss%20onx=1%3E%27--%3E%3C/script%3E{{7*7}}javascript:xss"


@pytest.mark.in_turn("role", ["mo", "anon", "ofi", "olena"])
def test_what_is_asked_for_stays_words(city, enter, role):
    client = enter(role)
    names = ("q", "kind", "after", "state", "theme", "sort", "clause", "version", "from", "to")
    more = ("next", "answered", "list", "done", "exact", "prefix", "proposal", "text", "start")
    query = "&".join(f"{name}={REFLECTED}" for name in (*names, *more))
    known = f"&clause={city.clause.key}"
    for address in addresses(city).values():
        # A clause that is known is one only where a consultation is.
        clauses = ("", known) if f"/{city.opened.pk}/" in address else ("",)
        for asked in (f"{address}?{query}{clause}" for clause in clauses):
            response = client.get(asked)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                assert_harmless(response.text, asked)


@pytest.mark.parametrize(
    "path",
    [
        "/<xss>/",
        "/consultations/<xss>/",
        "/files/1000000/<xss>",
        "/api/v1/<xss>/",
        "/en/<script>xss</script>/",
    ],
)
def test_error_pages_repeat_nothing(client, path, settings):
    settings.DEBUG = False
    response = client.get(path)
    assert response.status_code == 404
    assert "<xss" not in response.text and "<script>xss" not in response.text
    response = client.post(path, {"a": "<xss>"}, headers={"Referer": "https://evil.example/<xss>"})
    assert "<xss" not in response.text


def test_the_refused_form_repeats_words_alone(city, enter):
    client = enter("olena")
    speak = f"/consultations/{city.opened.pk}/speak/"
    sent = {"kind": POISON, "text": POISON * 99, "clause": str(city.clause.key), "exact": POISON}
    for htmx in ({}, {"HX-Request": "true"}):
        page = client.post(speak, {**sent, "proposal": POISON * 99}, headers=htmx)
        assert page.status_code == 422
        assert_harmless(page.text, "speak")
    login = Client().post("/account/login/", {"login": POISON, "password": POISON, "next": POISON})
    assert_harmless(login.text, "login")


DRAFTS = {
    "a.html": f"""<h1>Рішення</h1><p>1. Перший {POISON}</p><p onclick=xss>2. Другий
        <script>xss()</script><img src=x onerror=xss></p>
        <table><tr><td onx=1><xss>клітинка</xss></td></tr></table>""",
    "a.md": f"# Рішення\n\n1. Перший {POISON}\n\n2. Другий {LINKS}\n\n|a|b|\n|-|-|\n|<xss>|c|\n",
    "a.txt": f"Рішення\n\n1. Перший {POISON}\n2. Другий {LINKS}\n",
    "<xss>.txt": "Рішення\n\n1. Перший\n2. Другий\n",
}


@pytest.mark.parametrize(("name", "content"), DRAFTS.items())
def test_an_imported_draft_is_words_alone(city, enter, name, content):
    client, desk = enter("ofi"), f"/desk/consultations/{city.preparing.pk}"
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post(f"{desk}/text/import/", {"file": file})
    assert_harmless(answer.text, "answer")
    for page in ("text/", "text/publish/", ""):
        assert_harmless(client.get(f"{desk}/{page}").text, page)
    if answer.status_code == 302:
        publish = f"{desk}/text/publish/"
        client.post(publish, carried(client, publish))
        shown = client.get(reverse("consultations:detail", args=[city.preparing.pk]))
        assert shown.status_code == 200
        assert "Перший" in shown.text
        assert_harmless(shown.text, name)
        compared = client.get(reverse("consultations:changes", args=[city.preparing.pk]))
        assert_harmless(compared.text, name)
