"""Signing one petition: 32 connections, a session for each signer, beside a bare insert.

What is asked of the server is what a browser sends: session and CSRF cookies, a form with its
token, the address of the client told by a proxy. Each signer signs once. The same is measured with
a petition that a million have signed already, and so are recounts of such petitions.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
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
from core import clock
from core.calendar import end_of_day, local_date
from discussions.models import Thread
from petitions import counting
from petitions.models import Petition, Procedure, Signature
from petitions.signing.mailbox import SIZE

CLIENTS = 32
#: Rounds of a few seconds each, in turn, so that nothing else of the machine favours one of them.
ROUNDS = 3
SIGNED = 1_000_000
#: Signers that the fastest machine could need in all rounds of one petition.
SIGNERS = int(os.environ.get("BENCH_SIGNERS", str(2000 * (ground.SECONDS + 2) * ROUNDS)))
_RECOUNTS = 5
#: So that what is measured is signing, and not one row of a limit.
LIMITS = {
    "SIGNATURES_PER_ADDRESS": "1000000",
    "SIGNATURES_PER_NETWORK": "1000000",
    "SIGNATURES_PER_DOMAIN": "1000000",
    "SIGNATURES_PER_HOUR": "100000000",
}

# wrk takes the next line of the file for each request; 302 is where a signature leads.
_LUA = """
local n, lines = %(first)d, {}
for line in io.lines("%(people)s") do lines[#lines + 1] = line end
local body = "csrfmiddlewaretoken=%(token)s&wants_news=on"
request = function()
  n = n + 1
  local session, address = lines[n]:match("(%%S+) (%%S+)")
  return wrk.format("POST", "%(path)s", {
    ["Cookie"] = "%(csrf)s=%(secret)s; %(name)s=" .. session,
    ["X-Forwarded-For"] = address,
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, body)
end
"""

_FLOOR = "INSERT INTO bench_floor (words) VALUES ('x');"

_MANY = """
INSERT INTO petitions_signature
    (petition_id, mailbox, email, name, name_withheld, wants_news, status, suspicion, domain, at)
SELECT %(petition)s, substring(sha256(int8send(n)) FOR %(size)s), 's' || n || '@viche.example',
       'Підписантка ' || n, false, true, 1, '', 'viche.example',
       now() - interval '17 days' * random()
FROM generate_series(1, %(number)s) AS n
"""


def main() -> None:
    secret = get_random_string(32)
    with tempfile.TemporaryDirectory() as folder:
        people = _people(Path(folder))
        empty, full, hundred = (_petition(number) for number in (0, SIGNED, SIGNED // 10))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE petitions_signature")
        recounts = [(petition, _recount(petition)) for petition in (hundred, full)]
        floor = _floor(Path(folder))
        env = {"TRUSTED_PROXIES": ground.HOST, **LIMITS}
        found: dict[int, list[dict[str, float]]] = {empty.pk: [], full.pk: []}
        with ground.pages(**env) as base:
            used = dict.fromkeys(found, 0)
            for pk in found:  # so that both workers have begun
                _sign(base, Path(folder), people, pk, secret, used, seconds=ground.WARM_UP)
            for _round in range(ROUNDS):
                for pk, measured in found.items():
                    measured.append(_sign(base, Path(folder), people, pk, secret, used))
    _tell(floor, found, [empty, full], recounts)


def _sign(
    base: str,
    folder: Path,
    people: Path,
    pk: int,
    secret: str,
    used: dict[int, int],
    *,
    seconds: int = ground.SECONDS,
) -> dict[str, float]:
    """One round on one petition: what wrk measured, and how many rows it left."""
    before = Signature.objects.filter(petition=pk).count()
    script = folder / f"{pk}.lua"
    values = {
        "people": people,
        "first": used[pk],
        "path": f"/petitions/{pk}/sign/",
        "token": secret,
        "secret": secret,
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
    # What was under way when wrk stopped has been written too.
    used[pk] += int(asked[1]) + 2 * CLIENTS
    measured["rows"] = Signature.objects.filter(petition=pk).count() - before
    return measured


def _tell(
    floor: float,
    found: dict[int, list[dict[str, float]]],
    petitions: Sequence[Petition],
    recounts: list[tuple[Petition, float]],
) -> None:
    rows = [("bare INSERT and commit, pgbench, 8 connections", f"{floor:.0f}", "", "", "")]
    for name, petition in zip(("nobody before", f"{SIGNED:,} before"), petitions, strict=True):
        rounds = found[petition.pk]
        rows.append(
            (
                f"signing, {CLIENTS} clients, {name}",
                f"{statistics.mean(each['rate'] for each in rounds):.0f}",
                f"{statistics.mean(each['p50'] for each in rounds):.1f}",
                f"{statistics.median(each['p99'] for each in rounds):.1f}",
                f"{sum(each['errors'] for each in rounds):.0f}",
            )
        )
    ground.table(
        "Signing one petition (granian, 2 workers × 1 thread)",
        ("what", "per second", "p50 ms", "p99 ms", "refused"),
        rows,
    )
    ground.table(
        "Counting one petition anew",
        ("signatures", "ms"),
        [(f"{petition.total.counted:,}", f"{spent:.0f}") for petition, spent in recounts],
    )
    for rounds in found.values():
        for each in rounds:
            lost = each["asked"] - each["errors"] - each["rows"]
            if lost > 0 or -lost > CLIENTS:
                raise SystemExit(f"answered and written do not agree: {each}")


def _floor(folder: Path) -> float:
    """One-row inserts a second, each committed, by 8 connections: the machine's own limit."""
    script = folder / "floor.sql"
    script.write_text(_FLOOR)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, words text)")
    command = ["pgbench", "-n", "-c8", "-j2", "-Mprepared", f"-T{min(ground.SECONDS, 4)}"]
    done = subprocess.run(
        [*command, f"-f{script}", os.environ["DATABASE_URL"]],
        check=True,
        capture_output=True,
        text=True,
    )
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert rate, done.stdout
    return float(rate[1])


def _recount(petition: Petition) -> float:
    """Milliseconds, the median of some; the first, which reads from the disk, left out."""
    counting.recount([petition.pk])
    spent = []
    for _time in range(_RECOUNTS):
        begun = time.perf_counter()
        counting.recount([petition.pk])
        spent.append(time.perf_counter() - begun)
    petition.refresh_from_db()
    return statistics.median(spent) * 1000


def _petition(signed: int) -> Petition:
    """One that collects since 18 days, with so many counted signatures."""
    author = User.objects.filter(is_active=True).first()
    procedure = Procedure.objects.latest("pk")
    procedure.pk, procedure.threshold = None, 10 * SIGNED
    procedure.save(force_insert=True)
    now = clock.now()
    petition = Petition.objects.create(
        procedure=procedure,
        author=author,
        thread=Thread.objects.create(),
        title="Облаштувати велодоріжку на проспекті Гірників",
        text="Прокласти велодоріжку від площі Копрової до парку.",
        author_name="Авторка Тестова",
        submitted_at=now - timedelta(days=20),
        publish_due_on=local_date(now) - timedelta(days=18),
        published_at=now - timedelta(days=18),
        closes_at=end_of_day(local_date(now) + timedelta(days=60)),
    )
    with connection.cursor() as cursor:
        cursor.execute(_MANY, {"petition": petition.pk, "size": SIZE, "number": signed})
    return petition


def _people(folder: Path) -> Path:
    """A file with a session and an address of a client for each signer, as after a first page."""
    dice = random.Random(1)
    now = clock.now()
    users = User.objects.bulk_create(
        User(
            email=f"signer{number}@viche.example",
            given_name="Підписантка",
            family_name=f"Тестова{number}",
            password="!",
        )
        for number in range(SIGNERS)
    )
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
    path = folder / "people"
    with path.open("w") as lines:
        for user in users:
            address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
            lines.write(f"{sessions[user.pk]} {address}\n")
    return path


def _session(user: User) -> str:
    return SessionStore().encode(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
