"""Fifty people read the same pages at once: each gets their own parts, and nobody else's."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages.storage.session import SessionStorage
from django.middleware.csrf import _does_token_match, _get_new_csrf_string

from accounts.models import User
from accounts.security.store import SessionStore
from consultations.remarks import actions
from discussions import actions as discussions
from discussions.models import Comment, Reaction
from petitions.models import Signature
from tests import factories
from tests.petitions import factories as petition_factories
from tests.servers import HOST, start_web

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.with_all,
    pytest.mark.cpu(18),
]
READERS, ROUNDS = 50, 2


@dataclass
class Reader:
    """A person with a session, and what only they may be shown."""

    user: User
    key: str
    secret: str
    told: str
    has_signed: bool
    own: Comment | None
    supports: int

    @property
    def cookies(self) -> dict[str, str]:
        return {settings.SESSION_COOKIE_NAME: self.key, settings.CSRF_COOKIE_NAME: self.secret}


def _reader(number: int, petition, consultation, remarks) -> Reader:
    """Every second one has signed the petition, every fifth has made a remark; all support one."""
    family = f"Прізвищенко{number:02}"
    user = factories.user(f"reader{number:02}", "Читачка", family, public_name_style="initial")
    told = f"Лише для читачки {number:02}."
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["kept_done"] = f"sent-by-{number:02}"
    session[SessionStorage.session_key] = f'[["__json_message", 0, 25, "{told}", ""]]'
    session.save()
    UserSession.objects.create(user=user, session_key=session.session_key, ip=HOST)
    has_signed = number % 2 == 0
    if has_signed:
        Signature.objects.create(petition=petition, user=user, name=f"Ч. {number}")
    own = None
    if number % 5 == 0:
        own = actions.remark(consultation, by=user, text=f"Зауваження {number:02}").comment
    supported = remarks[number % len(remarks)]
    Reaction.objects.create(comment=supported, user=user, value=1)
    secret = _get_new_csrf_string()
    return Reader(user, session.session_key, secret, told, has_signed, own, supported.pk)


@pytest.fixture
def crowd(transactional_db, department, olena):
    consultation = factories.consultation(department)
    petition = petition_factories.petition(olena)
    remarks = [actions.remark(consultation, by=olena, text=f"Слово {n}").comment for n in range(3)]
    readers = [_reader(number, petition, consultation, remarks) for number in range(READERS)]
    return consultation, petition, readers


def _others_of(reader: Reader, readers: list[Reader]) -> list[str]:
    """Words that would show somebody else's page to the reader."""
    others = [other for other in readers if other is not reader]
    return [
        each
        for other in others
        for each in (other.user.family_name, other.user.email, other.told, other.key, other.secret)
    ] + [f"sent-by-{other.user.email[6:8]}" for other in others]


def _read(url: str, reader: Reader, paths: list[str]) -> list[tuple[str, httpx.Response]]:
    """Each page several times, as a browser of theirs would."""
    with httpx.Client(base_url=url, cookies=reader.cookies, timeout=60) as client:
        return [(path, client.get(path)) for _round in range(ROUNDS) for path in paths]


def test_fifty_readers_at_once_get_nothing_of_each_other(crowd, mo):
    consultation, petition, readers = crowd
    page, asked = consultation.get_absolute_url(), petition.get_absolute_url()
    paths = [page, asked, "/polls/", "/", f"{page}mine/", f"{page}remarks/"]
    with start_web() as web, ThreadPoolExecutor(READERS + 1) as threads:
        stranger = threads.submit(_read_as_stranger, web.url, paths[:4])
        answers = list(threads.map(lambda reader: _read(web.url, reader, paths), readers))
        assert not re.search("Читачка|Лише для|csrfmiddlewaretoken|sent-by-", stranger.result())
        for reader, got in zip(readers, answers, strict=True):
            _check(reader, got, _others_of(reader, readers), page, asked)
        # What is hidden is gone from the pages of all at the next request.
        hidden = readers[0].own
        assert f"Зауваження {0:02}" in answers[1][0][1].text
        discussions.hide(hidden, by=mo, reason="spam", note="Порушує правила")
        for reader in readers[:4]:
            for path in (page, f"{page}remarks/"):
                answer = httpx.get(web.url + path, cookies=reader.cookies, timeout=60)
                assert f"Зауваження {0:02}" not in answer.text
        assert "Traceback" not in web.output()


def _read_as_stranger(url: str, paths: list[str]) -> str:
    """What somebody without a session is shown meanwhile, without the remarks of others."""
    with httpx.Client(base_url=url, timeout=60) as client:
        shown = [client.get(path).text for _round in range(ROUNDS) for path in paths]
    return re.sub(r"Читачка П\.", "", "".join(shown))


def _check(reader: Reader, got: list, others: list[str], page: str, asked: str) -> None:
    told = [answer for _path, answer in got if reader.told in answer.text]
    assert len(told) == 1  # a message is told once
    assert sum(f"sent-by-{reader.user.email[6:8]}" in answer.text for _path, answer in got) == 1
    for path, answer in got:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        for other in others:
            assert other not in answer.text, (path, reader.user.email, other)
        tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
        assert len(tokens) == (path in (page, asked))
        assert all(_does_token_match(token, reader.secret) for token in tokens)
        if path == asked:
            assert ("Ви підписали цю петицію" in answer.text) == reader.has_signed
        if path == f"{page}mine/":
            own = {str(reader.own.pk)} if reader.own else set()
            assert set(answer.json()["own"]) == own
            assert answer.json()["reactions"] == {str(reader.supports): 1}
        elif not path.endswith("remarks/"):
            assert "/account/logout/" in answer.text
            assert "/account/login/" not in answer.text
