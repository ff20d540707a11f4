"""Django's sessions in the database, and whom they bring, read by one prepared statement.

Every page of somebody who is signed in begins with these two reads. Made anew by the ORM, one after
the other, they were half of what a signature costs. A shared page reads in the same statement where
its topics stand: that is all that most pages ask of PostgreSQL. The counter of the council's own
data always comes with them, so that what a page says of the council is current.

The person is found by allauth's row of the session (``UserSession``). Where there is none, and
whenever anything about them is not as Django asks, ``get_user`` reads and judges as it always does.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from secrets import token_bytes
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from core.db.kept_cursors import fetch
from core.db.statements import insert_statement, maker_of
from core.domain import council
from core.domain.topics import seqs_of
from core.models import Topic

#: Ends a statement whose COMMIT does not wait for the disk.
_NOT_FLUSHED = "RETURNING set_config('synchronous_commit', 'off', true)"
#: Seconds after which a session in use is noted again (accounts/security/sessions.py).
NOTED_FOR = 600


class SessionStore(db.SessionStore):
    """Django's, with the person of the session beside it."""

    _person: User | None = None
    #: Whether it was noted lately, by whatever process, that the session is in use.
    is_noted = False

    def load(self) -> dict[str, Any]:
        """Load the session's data; empty, and without its key, when there is none in force."""
        held, _seqs = self._load(())
        return held

    def load_with_seqs(self, topics: Iterable[str]) -> dict[str, int]:
        """``core.domain.topics.seqs_of``, read in the statement that reads the session."""
        if self.session_key is None or hasattr(self, "_session_cache"):
            return seqs_of(topics)
        self._session_cache, seqs = self._load(topics)
        return seqs

    def _load(self, topics: Iterable[str]) -> tuple[dict[str, Any], dict[str, int]]:
        sql, make_person = _read()
        named = list({*topics, council.TOPIC})
        [(found, *row)] = fetch(sql, [named, self.session_key, timezone.now()])
        seqs = found or {}
        council.note_seq(seqs.get(council.TOPIC, 0))
        self._person = None
        data, self.is_noted, pk, *others = row
        if data is None:
            self._session_key = None
            return {}, seqs
        if pk is not None:
            self._person = make_person([pk, *others])
        return self.decode(data), seqs

    def _get_new_session_key(self) -> str:
        """160 random bits in letters and digits of Django's keys: the INSERT refuses one that is
        taken, nobody has to ask before."""
        return b32encode(token_bytes(20)).decode().lower()

    def save(self, must_create: bool = False) -> None:
        """As Django's; a new session is written by one statement, which is its transaction.

        One of nobody who is signed in does not wait for the disk: a crash of the server may lose it
        with what it was given in the last moments.
        """
        held = cast(Any, self)._get_session(no_load=True)  # as Django's own
        if not must_create or connection.in_atomic_block:
            super().save(must_create=must_create)
            return
        sql, values = insert_statement(self.create_model_instance(held))
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql if SESSION_KEY in held else f"{sql} {_NOT_FLUSHED}", values)
        except IntegrityError as error:
            raise CreateError from error

    def pop_user(self, backend: str) -> User | None:
        """The user of the session, as read with it; once, then None.

        None too where the answer is Django's to give: nobody is signed in, not by ``backend``, with
        another password since, or they may not act.
        """
        told = self.get(SESSION_KEY), self.get(BACKEND_SESSION_KEY)
        known = self.get(HASH_SESSION_KEY, "")
        person, self._person = self._person, None
        if person is None or told != (str(person.pk), backend) or not person.is_active:
            return None
        if not constant_time_compare(known, person.get_session_auth_hash()):
            return None
        person.second_factored = False  # as whomever the backend brings: sessions.judged gives it
        return person


@cache
def _read() -> tuple[str, Callable[[Sequence[Any]], User]]:
    """The statement, and what makes the person of its columns after the session's."""
    quote = connection.ops.quote_name
    fields = sorted(User._meta.concrete_fields, key=lambda field: not field.primary_key)
    columns = ", ".join(f"person.{quote(str(field.column))}" for field in fields)
    models = (Session, UserSession, User, Topic)
    sessions, rows, people, topics = (quote(each._meta.db_table) for each in models)
    sql = (
        "SELECT topics.seqs, session.session_data, "  # noqa: S608 - names come from the models
        f"seen.last_seen_at > statement_timestamp() - interval '{NOTED_FOR} seconds', {columns} "
        "FROM (SELECT json_object_agg(name, seq) "
        f"FROM {topics} WHERE name = ANY(%s)) topics (seqs) "
        f"LEFT JOIN {sessions} session ON session.session_key = %s AND session.expire_date > %s "
        f"LEFT JOIN {rows} seen ON seen.session_key = session.session_key "
        f"LEFT JOIN {people} person ON person.id = seen.user_id"
    )
    return sql, maker_of(User, [field.attname for field in fields])
