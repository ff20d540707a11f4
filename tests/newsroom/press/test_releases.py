"""Press releases: who gets them, what an embargo hides, and from whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.domain import clock as database
from core.web.pages import forget_pages
from newsroom.articles import actions as articles
from newsroom.articles import actions_life
from newsroom.models import Accreditation, Article, State
from newsroom.press import actions, tokens
from tests.access.routes import names
from tests.meetings.factories import refused
from tests.newsroom import factories
from tests.newsroom.press_factories import EMAIL, accredited

pytestmark = pytest.mark.django_db

#: Words that stand nowhere else.
WORD, TEXT, CONTACT = "Бурштиновиця", "кизиловарка", "пугачівна"


def release(state: State = State.DRAFT, **says: str) -> Article:
    words = {"kind": "release", "title": WORD, "summary": f"Коротко: {TEXT}", "contact": CONTACT}
    return factories.article(state, **{**words, **says})


def journalist(by, **changed: object) -> Accreditation:
    return accredited(by, wants_releases=True, **changed)


def test_a_release_goes_to_those_who_gave_the_second_consent(client, clock, ofi, do):
    reader = journalist(ofi)
    other = accredited(ofi, email="inshi@example.org")
    do()
    mail.outbox.clear()
    made = release(State.PLANNED)
    do()
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert str(message.subject).startswith("ЕМБАРГО до ")
    greeting, first = str(message.body).split("\n\n")[:2]
    assert greeting == "Добрий день!" and first.startswith("ЕМБАРГО: ")
    assert CONTACT in str(message.body)
    assert tokens.release_path(reader, made.pk) in str(message.body)
    # Another end of the embargo is told; that it has come is no news.
    actions_life.publish(made, by=ofi, at=database.now() + timedelta(days=3))
    do()
    assert len(mail.outbox) == 2
    clock.advance(days=3, seconds=1)
    assert actions_life.tell_published() == 1
    do()
    assert len(mail.outbox) == 2
    # The consent is given and taken back on the page of the accreditation.
    client.post(tokens.own_path(other), {"step": "releases"})
    client.post(tokens.own_path(reader), {"step": "no_releases"})
    reader.refresh_from_db()
    assert reader.releases_agreed_at is None
    mail.outbox.clear()
    release(title="Друге", state=State.PUBLISHED)
    do()
    assert [each.to for each in mail.outbox] == [["inshi@example.org"]]
    assert "ЕМБАРГО" not in f"{mail.outbox[0].subject}{mail.outbox[0].body}"


def test_who_got_a_release_is_told_that_it_is_taken_back(client, ofi, do):
    reader = journalist(ofi)
    made = release(State.PLANNED)
    do()
    journalist(ofi, email="pizniy@example.org")
    do()
    mail.outbox.clear()
    with refused("article.release_sent"):
        articles.discard(made, by=ofi)
    path = tokens.release_path(reader, made.pk)
    assert client.get(path).status_code == 200
    actions_life.unplan(made, by=ofi)
    do()
    (message,) = mail.outbox
    assert message.to == [EMAIL] and WORD in str(message.subject)
    assert client.get(path).status_code == 404
    articles.discard(made, by=ofi)


def test_the_private_link_opens_this_release_alone_and_while_accredited(client, ofi):
    reader, made = journalist(ofi), release(State.PLANNED)
    picture = factories.picture(made)
    path = tokens.release_path(reader, made.pk)
    page = client.get(path)
    assert "no-store" in page["Cache-Control"]
    assert WORD in page.text and TEXT in page.text and "Ембарго" in page.text
    file = f"{path}pictures/{picture.digest}/{picture.width}.webp"
    assert file in page.text
    assert client.get(file).status_code == 200
    assert client.get(picture.url).status_code == 404
    other = release(State.PLANNED)
    forged = path.replace(f"/releases/{made.pk}/", f"/releases/{other.pk}/")
    token = tokens.token_of_release(reader, made.pk)
    for address in (forged, f"/news/press/{reader.pk}/{token}/", file.replace(token, "0" * 40)):
        assert client.get(address).status_code == 404, address
    news = factories.article(State.PLANNED)
    assert client.get(tokens.release_path(reader, news.pk)).status_code == 404
    actions.end(reader, by=ofi, reason="Порушено ембарго")
    assert client.get(path).status_code == client.get(file).status_code == 404


def _everywhere(made: Article, digest: str) -> Iterator[str]:
    """Every page, feed and answer without an argument, the article's own, and searches for it."""
    for name, parameters in names():
        if not parameters and not name.endswith(":"):
            yield reverse(name)
    for route in ("newsroom:detail", "newsroom:card", "newsroom:dates_of", "api:article"):
        yield reverse(route, args=[made.pk])
    yield f"/news/pictures/{digest}/480.webp"
    for path in ("/search/", "/news/"):
        yield f"{path}?q={quote(TEXT)}"
    for path in ("/en/news/", "/news/?kind=release", "/api/v1/news/?kind=release"):
        yield path
    yield "/oembed/?url=" + quote(f"http://testserver{made.get_absolute_url()}")


@pytest.mark.cpu(30)
def test_nothing_of_it_is_read_one_second_before_the_embargo_ends(clock, ofi, olena):
    journalist(ofi)
    made = release(State.PLANNED, text=f"Слово **{TEXT}**.")
    picture = factories.picture(made, alt=f"Птах {TEXT}")
    addresses = list(dict.fromkeys(_everywhere(made, picture.digest)))
    secrets = (WORD.lower(), TEXT, CONTACT, picture.digest, made.get_absolute_url() + "<")

    def read(who: str) -> dict[str, str]:
        forget_pages()
        browser = Client(raise_request_exception=False)
        if who == "resident":
            browser.force_login(olena)
        found = {}
        for address in addresses:
            answer = browser.get(address)
            body = b"".join(answer).decode(errors="replace").lower()
            if "?q=" in address:  # a page of a search says what was asked
                body = body.replace(TEXT, "")
            found[address] = f"{answer.status_code} {body}"
        return found

    clock.stop(made.publish_at - timedelta(seconds=1))
    own = [each for each in addresses if f"/{made.pk}/" in each or picture.digest in each]
    for who in ("anon", "resident"):
        answers = read(who)
        assert not [a for a, body in answers.items() if any(each in body for each in secrets)]
        assert {answers[each][:3] for each in own} == {"404"}
    clock.stop(made.publish_at)
    actions_life.tell_published()
    answers = read("anon")
    for address in ("/", "/news/", "/news/feed.atom", "/api/v1/news/", "/sitemap.xml"):
        assert any(each in answers[address] for each in secrets), address
    assert WORD.lower() in answers[f"/search/?q={quote(TEXT)}"]
    for route in ("newsroom:detail", "api:article"):
        assert CONTACT in answers[reverse(route, args=[made.pk])]
    assert answers[reverse("newsroom:card", args=[made.pk])][:3] == "200"


def test_a_release_needs_a_contact_and_nothing_else_has_one(ofi):
    with refused("article.contact_missing"):
        release(contact=" ")
    assert factories.article(State.DRAFT, contact="зайве").contact == ""
