"""A crowd before one form: a session for each person, sent once by each through 32 connections.

What is asked of the server is what a browser sends: session and CSRF cookies, a form with its
token, the address of the client told by a proxy. Beside it stands this machine's own limit: a bare
insert of one row.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Sequence
from copy import copy
from datetime import timedelta
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.security.store import SessionStore
from benchmarks import ground
from core.domain import clock

CLIENTS = 32

# wrk takes the next line of the file for each request.
_LUA = """
local n, lines = %(first)d, {}
for line in io.lines("%(people)s") do lines[#lines + 1] = line end
local form = "csrfmiddlewaretoken=%(token)s&%(form)s"
request = function()
  n = n + 1
  local session, address, own = lines[n]:match("(%%S+) (%%S+) ?(%%S*)")
  return wrk.format("POST", "%(path)s", {
    ["Cookie"] = "%(csrf)s=%(token)s; %(name)s=" .. session,
    ["X-Forwarded-For"] = address,
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, form .. own)
end
"""

_FLOOR = "INSERT INTO bench_floor (words) VALUES ('x');"


class Crowd:
    """People who wait with their forms; each sends theirs once."""

    def __init__(self, folder: Path, own: Sequence[str]) -> None:
        """``own``: what ends the form of each person, so many of them as there are people."""
        self.folder = folder
        self.people = people(len(own))
        self._token = get_random_string(32)
        self._file = folder / "people"
        self._sessions = sign_in(self.people)
        self._write(own)

    def with_own(self, name: str, own: Sequence[str]) -> Crowd:
        """The same people before another form, each with another end of it."""
        other = copy(self)
        other._file = self.folder / name
        other._write(own)
        return other

    def send(
        self, base: str, path: str, form: str, *, first: int, seconds: int = ground.SECONDS
    ) -> dict[str, float]:
        """What wrk measures while people from the ``first`` on send ``form`` and their own end of
        it, as a browser encodes it; ``asked``: how many were answered. What was under way when it
        stopped may have been written too."""
        script = self.folder / "send.lua"
        values = {
            "people": self._file,
            "first": first,
            "path": path,
            "form": form,
            "token": self._token,
            "csrf": settings.CSRF_COOKIE_NAME,
            "name": settings.SESSION_COOKIE_NAME,
        }
        script.write_text(_LUA % values)
        command = ["wrk", "-t1", f"-c{CLIENTS}", "--latency", f"-d{seconds}s"]
        done = subprocess.run(
            [*command, "-s", str(script), base], check=True, capture_output=True, text=True
        )
        measured = ground.read_wrk(done.stdout)
        asked = re.search(r"(\d+) requests in", done.stdout)
        assert asked, done.stdout
        measured["asked"] = float(asked[1])
        return measured

    def _write(self, own: Sequence[str]) -> None:
        dice = random.Random(1)
        with self._file.open("w") as lines:
            for user, end in zip(self.people, own, strict=True):
                address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
                lines.write(f"{self._sessions[user.pk]} {address} {end}\n")


def people(number: int) -> list[User]:
    """So many new ones; each benchmark of a run has its own."""
    series = get_random_string(8, "0123456789abcdef")
    return User.objects.bulk_create(
        (
            User(
                email=f"crowd-{series}-{place}@viche.example",
                given_name="Підписантка",
                family_name=f"Тестова{place}",
                password="!",
            )
            for place in range(number)
        ),
        batch_size=5000,
    )


def sign_in(users: Sequence[User]) -> dict[int, str]:
    """User's id -> the key of their session, as after a first page."""
    now = clock.now()
    sessions = {
        user.pk: get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789") for user in users
    }
    Session.objects.bulk_create(
        (
            Session(
                session_key=sessions[user.pk],
                session_data=_session(user),
                expire_date=now + timedelta(days=1),
            )
            for user in users
        ),
        batch_size=5000,
    )
    UserSession.objects.bulk_create(
        (
            UserSession(user=user, session_key=sessions[user.pk], ip=ground.HOST, last_seen_at=now)
            for user in users
        ),
        batch_size=5000,
    )
    return sessions


def _session(user: User) -> str:
    return SessionStore().encode(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )


def bare_insert(folder: Path, *, connections: int = 8) -> float:
    """One-row inserts a second, each committed: the machine's own limit."""
    script = folder / "floor.sql"
    script.write_text(_FLOOR)
    with connection.cursor() as cursor:
        # Several tables of one run have this floor: each begins with an empty table.
        cursor.execute("DROP TABLE IF EXISTS bench_floor")
        cursor.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, words text)")
    command = [
        "pgbench",
        "-n",
        f"-c{connections}",
        "-j2",
        "-Mprepared",
        f"-T{min(ground.SECONDS, 4)}",
    ]
    done = subprocess.run(
        [*command, f"-f{script}", os.environ["DATABASE_URL"]],
        check=True,
        capture_output=True,
        text=True,
    )
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert rate, done.stdout
    return float(rate[1])
