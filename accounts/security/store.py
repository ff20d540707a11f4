"""Django's sessions in the database, and whom they bring, read by one prepared statement.

Every page of somebody who is signed in begins with these two reads. Made anew by the ORM, one after
the other, they were half of what a signature costs. The counter of the council's own data comes
with them, so that what every page says of the council is current without a query of its own.

The person is found by allauth's row of the session (``UserSession``). Where there is none, and
whenever anything about her is not as Django asks, ``get_user`` reads and judges as it always does.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from core import council

#: Seconds after which a session in use is noted again (accounts/security/sessions.py).
NOTED_FOR = 600


class SessionStore(db.SessionStore):
    """Django's, with the person of the session beside it."""

    _person: User | None = None
    #: Whether it was noted lately, by whatever process, that the session is in use.
    is_noted = False

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, when there is none in force."""
        sql, names = _read()
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        self._person = None
        if row is None:
            self._session_key = None
            return {}
        data, self.is_noted, seq, pk, *others = row
        council.note_seq(seq)
        if pk is not None:
            self._person = User.from_db(connection.alias, names, [pk, *others])
        return self.decode(data)

    def take_person(self, backend: str) -> User | None:
        """Whom the session brings, as she was when it was read; once, then None.

        None too where the answer is Django's to give: nobody is signed in, not by ``backend``, with
        another password since, or she may not act.
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
def _read() -> tuple[str, list[str]]:
    """The statement, and the person's attributes that its columns become after the session's."""
    quote = connection.ops.quote_name
    fields = sorted(User._meta.concrete_fields, key=lambda field: not field.primary_key)
    columns = ", ".join(f"person.{quote(field.column)}" for field in fields)
    sessions, rows, people = (quote(each._meta.db_table) for each in (Session, UserSession, User))
    sql = (
        "SELECT session.session_data, "  # noqa: S608 - names come from the models
        f"seen.last_seen_at > statement_timestamp() - interval '{NOTED_FOR} seconds', "
        f"coalesce((SELECT seq FROM core_topic WHERE name = '{council.TOPIC}'), 0), {columns} "
        f"FROM {sessions} session "
        f"LEFT JOIN {rows} seen ON seen.session_key = session.session_key "
        f"LEFT JOIN {people} person ON person.id = seen.user_id "
        "WHERE session.session_key = %s AND session.expire_date > %s"
    )
    return sql, [field.attname for field in fields]
