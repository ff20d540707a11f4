"""The hot paths whose cost is counted, on a small city that is the same each time."""

from __future__ import annotations

import asyncio
import gzip
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.middleware.csrf import get_token
from django.test import RequestFactory

from accounts.models import Grant, User
from accounts.security.store import SessionStore
from consultations.models import Remark, topic_of
from consultations.remarks import actions
from core.web.idempotency import FIELD, new_key
from core.web.pages import forget_pages
from core.web.render_cache import clear_parts
from demo.scale import Scale
from demo.scale_petitions import ScaleOfPetitions
from demo.scale_polls import ScaleOfPolls
from petitions.models import Petition
from petitions.talk import actions as petition_talk
from realtime.hub import Hub
from realtime.parts import PAGE
from realtime.redrawing import Redrawing
from realtime.sockets import Channel, Group, Socket
from tests.clock import Clock
from tests.speed.names import PAGES
from votes.ballots.actions import draw_slip
from votes.models import Option, Poll

#: The moment at which all of it happens: a Wednesday, at noon in Kyiv.
MOMENT = datetime(2026, 3, 11, 10, tzinfo=UTC)
REMARKS, PETITIONS, SIGNATURES, COMMENTS, BALLOTS = 30, 12, 40, 10, 10
#: Of a hub's frame.
SUBSCRIBERS = 200

Work = Callable[[], object]


class City:
    """What is read and written, and a server that answers in this thread as granian has it."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        with transaction.atomic():
            Clock().stop(MOMENT)
        scale = Scale()
        Grant.objects.update(starts_at=MOMENT - timedelta(days=30))  # it was given "now"
        scale.officer.__dict__.pop("grants_in_force", None)
        self.consultation = scale.consultation(REMARKS).consultation
        for person in scale.people[-3:]:  # it goes on: the first page shows it whatever ran before
            actions.remark(self.consultation, by=person, text="Підтримую, але не вночі.")
        self.people = iter(scale.people)
        petitions = ScaleOfPetitions(scale.people).make(PETITIONS, SIGNATURES)
        self.petition = Petition.objects.get(pk=petitions.ids[0])
        for number in range(COMMENTS):
            petition_talk.comment(
                self.petition, by=scale.people[-1 - number], text=f"Підтримую, вже {number} разів."
            )
        self.polls = ScaleOfPolls(scale).make(BALLOTS)
        self.remarks = list(Remark.objects.filter(consultation=self.consultation).order_by("pk"))
        self.numbers = count(1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def person(self) -> User:
        """Somebody who has done nothing yet."""
        return next(self.people)

    def sign_in(self, user: User) -> dict[str, str]:
        """The cookies of a session of the person, and of the forms of its device."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        assert session.session_key
        UserSession.objects.create(
            user=user, session_key=session.session_key, ip="127.0.0.1", last_seen_at=MOMENT
        )
        return {settings.SESSION_COOKIE_NAME: session.session_key}

    def request(
        self,
        path: str,
        form: dict[str, Any] | None = None,
        *,
        by: User | None = None,
        **headers: str,
    ) -> Work:
        """What a browser sends, ready to be answered: a page, or a form with its token and key."""
        cookies = self.sign_in(by) if by else {}
        body = b""
        if form is not None:
            drawn = RequestFactory().get("/")
            token = get_token(drawn)
            cookies[settings.CSRF_COOKIE_NAME] = drawn.META["CSRF_COOKIE"]
            body = urlencode({"csrfmiddlewaretoken": token, FIELD: new_key(), **form}).encode()
        environ = {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": f"10.0.0.{next(self.numbers) % 250 + 1}",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        return lambda: self._serve(environ)

    def _serve(self, environ: dict[str, Any]) -> None:
        answered: list[str] = []
        answer = self.application(environ, lambda status, headers, _=None: answered.append(status))
        body = b"".join(answer)
        answer.close()
        good = ("200",) if environ["REQUEST_METHOD"] == "GET" else ("200", "201", "302")
        if answered[0][:3] not in good:
            said = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            words = re.findall(r"error[^>]*>([^<]*\w[^<]*)<", said.decode())
            raise AssertionError(environ["PATH_INFO"], answered[0], words)


def post_remark(city: City) -> Callable[[], Work]:
    """A remark on a clause, sent by the script of its page."""
    clauses = [each.clause_key for each in city.remarks if each.clause_key]

    def prepare() -> Work:
        number = next(city.numbers)
        form = {
            "kind": "remark",
            "text": f"Просимо передбачити безбар’єрний доступ і місце для візочків, {number}.",
            "clause": str(clauses[0]),
        }
        path = f"/consultations/{city.consultation.pk}/speak/"
        return city.request(path, form, by=city.person(), HTTP_HX_REQUEST="true")

    return prepare


def _cast(city: City, poll: Poll) -> Callable[[], Work]:
    question = poll.questions.get()
    options = Option.objects.filter(question=question).values_list("pk", flat=True)
    choices = {f"q{question.pk}-{option}": place for place, option in enumerate(options, 1)}

    def prepare() -> Work:
        person = city.person()
        form = {**choices, "cast": 1, "slip": _slip(city, poll, person) if poll.is_secret else ""}
        return city.request(f"/polls/{poll.pk}/vote/", form, by=person)

    return prepare


def _slip(city: City, poll: Poll, person: User) -> str:
    """As it is drawn; of letters and digits as random codes are: of digits alone the QR code of a
    receipt is a smaller one."""
    drawn = draw_slip(poll, person)
    code = UUID(int=(0xFEDC << 112) + (4 << 76) + (2 << 62) + next(city.numbers))
    return replace(drawn, code=code).signed()


def cast_openly(city: City) -> Callable[[], Work]:
    """A ballot of twelve options in order, in an open poll."""
    return _cast(city, city.polls.open)


def cast_secretly(city: City) -> Callable[[], Work]:
    """The same in a secret poll."""
    return _cast(city, city.polls.secret)


def sign(city: City) -> Callable[[], Work]:
    """A signature of somebody who is signed in."""
    path = f"/petitions/{city.petition.pk}/sign/"
    return lambda: city.request(path, {}, by=city.person())


def file_appeal(city: City) -> Callable[[], Work]:
    """An appeal without an account and without files."""

    def prepare() -> Work:
        number = next(city.numbers)
        form = {
            "kind": "application",
            "text": "Прошу відновити освітлення біля школи на вулиці Соборності.",
            "name": "Коваль Олена Петрівна",
            "residence": f"вул. Соборності, {number}",
            "email": f"speed-{number}@viche.example",
        }
        empty = ("subject", "street", "house", "phone", "district", "theme", "about_department")
        return city.request("/appeals/new/", dict.fromkeys((*empty, "people"), "") | form)

    return prepare


def react(city: City) -> Callable[[], Work]:
    """Agreeing with a remark, by the script of its page."""
    remark = city.remarks[-1]
    path = f"/consultations/{city.consultation.pk}/remarks/{remark.pk}/react/"
    return lambda: city.request(
        path, {"value": 1}, by=city.person(), HTTP_ACCEPT="application/json"
    )


def _page(name: str) -> Callable[[City], str]:
    return {
        "home": lambda city: "/",
        "consultation": lambda city: f"/consultations/{city.consultation.pk}/",
        "petition": lambda city: f"/petitions/{city.petition.pk}/",
        "poll": lambda city: f"/polls/{city.polls.open.pk}/",
    }[name]


def _cold(name: str) -> Callable[[City], Callable[[], Work]]:
    """A page of which nothing is kept, as after the start of a process; templates are read."""

    def path(city: City) -> Callable[[], Work]:
        def prepare() -> Work:
            forget_pages()
            clear_parts()
            return city.request(_page(name)(city))

        return prepare

    return path


def _anew(name: str) -> Callable[[City], Callable[[], Work]]:
    """A page that is drawn anew while its parts say the same as before."""

    def path(city: City) -> Callable[[], Work]:
        def prepare() -> Work:
            forget_pages()
            return city.request(_page(name)(city))

        return prepare

    return path


def _warm(name: str, *, is_signed_in: bool = False) -> Callable[[City], Callable[[], Work]]:
    """A page that is kept: for a stranger, or for somebody who is signed in."""

    def path(city: City) -> Callable[[], Work]:
        by = city.person() if is_signed_in else None
        return lambda: city.request(_page(name)(city), by=by)

    return path


class _SameThread:
    """In place of the hub's thread for the database: what it does is counted, too."""

    async def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        return question(*arguments)


def frame(city: City) -> Callable[[], Work]:
    """A remark that has changed, drawn once and offered to all who watch."""
    remark, topic = city.remarks[-1], topic_of(city.consultation.pk)

    async def tell(counted: Callable[[Work], object] | None = None) -> None:
        hub = object.__new__(Hub)  # without the tasks that wait for signals
        hub._db_thread = _SameThread()  # type: ignore[assignment]
        hub._redrawing = Redrawing(hub._tell_drawn)
        channel = Channel(topic)
        hub.channels = {topic: channel}
        group = channel.groups["uk", PAGE] = Group(channel, "uk", PAGE)

        async def send(message: dict[str, Any]) -> None:
            message["text"].encode()

        group.sockets = {Socket(send, group, None) for _ in range(SUBSCRIBERS)}
        await hub._tell(channel, 1, {("RemarkChanged", remark.pk): None}, False)

    return lambda: lambda: asyncio.run(tell())


#: Each hot path by its name in the table.
PATHS: dict[str, Callable[[City], Callable[[], Work]]] = {
    "remark": post_remark,
    "ballot.open": cast_openly,
    "ballot.secret": cast_secretly,
    "signature": sign,
    "appeal": file_appeal,
    "reaction": react,
    **{
        f"{name}.{how}": path
        for name in PAGES
        for how, path in {
            "cold": _cold(name),
            "anew": _anew(name),
            "warm": _warm(name),
            "signed_in": _warm(name, is_signed_in=True),
        }.items()
    },
    "frame": frame,
}
