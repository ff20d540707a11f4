"""Filing an appeal without an account by 32 clients, beside this machine's own limits.

Over HTTP: what a browser sends without files (a form with its token and its key; without JavaScript
in multipart), each from an address of its own, to the pages as bin/serve serves them; and the
answer with number, code and QR code. Beside it: bare inserts, by as many connections as the pages
have too; the same form sent to a view that does nothing; the action alone, in processes without
HTTP. Clients, pages and PostgreSQL share the machine: whose processor time it is stands below.

Asked for: at least 300/s over HTTP, p99 at most 200 ms; no gap among the numbers.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import resource
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection, connections
from django.db.models import Count, Max, Min
from django.utils.crypto import get_random_string

from benchmarks import ground
from benchmarks.crowd import CLIENTS, bare_insert
from benchmarks.inside import postgres_seconds
from core.models import AuditEntry, IdempotencyKey
from core.web.idempotency import FIELD, new_key
from tests.honest_remarks import honest

#: Rounds of a few seconds each, in turn, so that nothing else of the machine favours one of them.
ROUNDS = 3
#: Of pages; and of those that file by the action alone, each within its pool of connections.
WORKERS, PROCESSES = 2, 4
#: Threads of a worker: one, as in the other benchmarks, and as many as bin/serve has by default.
THREADS = (1, 8)
#: Forms that the fastest machine could need in all rounds of filing of one server.
FORMS = int(os.environ.get("BENCH_FORMS", str(1000 * (2 * ground.SECONDS) * ROUNDS)))
_TEXTS = 2000
ASKED_RATE, ASKED_P99 = 300, 200
PATH = "/appeals/new/"

_BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
#: What a browser sends of the form, in its order; what each person writes themselves is in braces.
_FIELDS = {
    "csrfmiddlewaretoken": "{token}",
    FIELD: "{key}",
    "kind": "application",
    "text": "{text}",
    "subject": "",
    "attachments": None,
    "street": "",
    "house": "",
    "name": "Коваль Олена Петрівна",
    "residence": "{street}, {number}",
    "email": "bench-{number}@viche.example",
    "phone": "",
    "district": "",
    "theme": "",
    "about_department": "",
    "people": "",
    "privileged": "",
}
#: Where the demo city's people live.
_STREETS = Path(settings.BASE_DIR) / "demo/streets.csv"
# wrk takes the next line of the file for each request.
_LUA = """
local n, lines, body = %(first)d, {}, %(body)s
for line in io.lines("%(forms)s") do lines[#lines + 1] = line end
request = function()
  n = n + 1
  local key, address, street, text = lines[n %% #lines + 1]:match("(%%S+) (%%S+) (%%S+) (.+)")
  local own = {key = key, text = text .. "%(space)s" .. n, number = tostring(n)}
  own.street = street:gsub("_", "%(space)s")
  return wrk.format("POST", "%(path)s", {
    ["Cookie"] = "%(csrf)s=%(token)s",
    ["X-Forwarded-For"] = address,
    ["Content-Type"] = "%(type)s",
  }, (body:gsub("{(%%l+)}", own)))
end
"""


@dataclass
class Forms:
    """Forms that wait to be sent, each once by one person."""

    folder: Path
    used: int = 0
    token: str = field(default_factory=lambda: get_random_string(32))

    def __post_init__(self) -> None:
        dice, texts = random.Random(1), honest(_TEXTS)
        names = Counter(row.partition(";")[0] for row in _STREETS.open())
        # Of a name that several streets have, the form asks which one is meant.
        streets = [name.replace(" ", "_") for name, times in list(names.items())[1:] if times == 1]
        with self._file(True).open("w") as in_parts, self._file(False).open("w") as quoted:
            for number in range(FORMS):
                parts = dice.randrange(256), dice.randrange(256), dice.randrange(1, 255)
                address = "10." + ".".join(map(str, parts))
                key, text = new_key(), " ".join(texts[number % _TEXTS].split())
                street = dice.choice(streets)
                in_parts.write(f"{key} {address} {street} {text}\n")
                quoted.write(f"{quote(key)} {address} {quote(street)} {quote(text)}\n")

    def _file(self, is_multipart: bool) -> Path:
        return self.folder / ("multipart" if is_multipart else "urlencoded")

    def send(
        self,
        base: str,
        path: str,
        *,
        seconds: int = ground.SECONDS,
        is_multipart: bool = False,
    ) -> dict[str, float]:
        """What wrk measures; ``asked``: how many were answered, ``client``: its CPU seconds."""
        script = self.folder / "send.lua"
        values = {
            "forms": self._file(is_multipart),
            "first": self.used,
            "path": path,
            "space": " " if is_multipart else "+",
            "body": _lua_string(_multipart(self.token) if is_multipart else _quoted(self.token)),
            "type": f"multipart/form-data; boundary={_BOUNDARY}"
            if is_multipart
            else "application/x-www-form-urlencoded",
            "token": self.token,
            "csrf": settings.CSRF_COOKIE_NAME,
        }
        script.write_text(_LUA % values)
        command = ["wrk", "-t1", f"-c{CLIENTS}", "--latency", f"-d{seconds}s"]
        before = _children_seconds()
        done = subprocess.run(
            [*command, "-s", str(script), base], check=True, capture_output=True, text=True
        )
        measured = ground.read_wrk(done.stdout)
        asked = re.search(r"(\d+) requests in", done.stdout)
        assert asked, done.stdout
        measured |= {"asked": float(asked[1]), "client": _children_seconds() - before}
        if path == PATH:
            # What was under way when wrk stopped has been written too.
            self.used += int(measured["asked"]) + 2 * CLIENTS
        if self.used > FORMS:
            raise SystemExit(f"more than {FORMS} forms were sent: set BENCH_FORMS")
        return measured


@dataclass
class Server:
    """What was measured of one server of pages."""

    threads: int
    nothing: list[dict[str, float]] = field(default_factory=list)
    filing: list[dict[str, float]] = field(default_factory=list)
    in_parts: list[dict[str, float]] = field(default_factory=list)
    #: CPU seconds of the rounds of filing: the pages' own, and PostgreSQL's.
    pages: float = 0
    database: float = 0
    acknowledged: float = 0

    def measure(self, folder: Path) -> None:
        forms = Forms(folder)
        with ground.pages(WORKERS, self.threads, TRUSTED_PROXIES=ground.HOST) as base:
            warm = forms.send(base, PATH, seconds=2 * ground.WARM_UP)  # both workers begin
            self.acknowledged += warm["asked"] - warm["errors"]
            for _round in range(ROUNDS):
                self.nothing.append(forms.send(base, "/nothing/", seconds=ground.SECONDS // 2))
                pages, database = base.processor_seconds(), postgres_seconds()
                found = forms.send(base, PATH)
                self.pages += base.processor_seconds() - pages
                self.database += postgres_seconds() - database
                self.filing.append(found)
                self.in_parts.append(
                    forms.send(base, PATH, seconds=ground.SECONDS // 2, is_multipart=True)
                )
                for each in (found, self.in_parts[-1]):
                    self.acknowledged += each["asked"] - each["errors"]

    @property
    def name(self) -> str:
        return f"{WORKERS} × {self.threads}"

    def shares(self) -> tuple[str, ...]:
        """Whose processor time a filing takes, in milliseconds."""
        number = sum(each["asked"] for each in self.filing)
        client = sum(each["client"] for each in self.filing)
        whole = number / sum(each["rate"] for each in self.filing) * len(self.filing)
        spent = [1000 * each / number for each in (self.pages, self.database, client)]
        of_all = 1000 * psutil.cpu_count() * whole / number
        return (self.name, *(f"{each:.2f}" for each in spent), f"{sum(spent) / of_all:.0%}")


def main() -> None:
    from appeals.models import Appeal

    before = Appeal.objects.aggregate(newest=Max("pk"))["newest"] or 0
    kept = IdempotencyKey.objects.count()
    servers = [Server(threads) for threads in THREADS]
    with tempfile.TemporaryDirectory() as folder:
        floors = {number: bare_insert(Path(folder), connections=number) for number in (8, WORKERS)}
        for server in servers:
            server.measure(Path(folder))
    rows = Appeal.objects.filter(pk__gt=before).count()
    keys = IdempotencyKey.objects.count() - kept
    acknowledged = sum(server.acknowledged for server in servers)
    _tell(floors, servers)
    _tell_action(floors[WORKERS], *_measure_action())
    _tell_days(before)
    audited = AuditEntry.objects.filter(event="AppealFiled", ids__appeal_id__gt=before).count()
    cut_off = rows - acknowledged
    print(f"acknowledged {acknowledged:.0f} (ends of rounds cut off up to {CLIENTS} answers each)")
    print(f"rows {rows}, keys {keys}; with the action alone audited {audited}")
    most = CLIENTS * len(servers) * (2 * ROUNDS + 1)
    if rows != keys or not 0 <= cut_off <= most:
        raise SystemExit("answered and written do not agree")


def _tell(floors: dict[int, float], servers: Sequence[Server]) -> None:
    floor = floors[WORKERS]
    rows: list[tuple[str, ...]] = [
        (f"bare INSERT and commit, pgbench, {number} connections", f"{rate:.0f}", "", "", "", "")
        for number, rate in floors.items()
    ]
    for server in servers:
        measured = {
            "the form, and nothing done": server.nothing,
            "filing": server.filing,
            "filing without JavaScript (multipart)": server.in_parts,
        }
        for what, rounds in measured.items():
            rate = statistics.mean(each["rate"] for each in rounds)
            rows.append(
                (
                    f"{what}, over HTTP, {server.name} threads",
                    f"{rate:.0f}",
                    f"{rate / floor:.3f}",
                    f"{statistics.mean(each['p50'] for each in rounds):.0f}",
                    f"{statistics.median(each['p99'] for each in rounds):.0f}",
                    f"{sum(each['errors'] for each in rounds):.0f}",
                )
            )
    ground.table(
        f"Filing an appeal by {CLIENTS} clients (granian, {WORKERS} workers)",
        ("what", "per second", f"of bare by {WORKERS}", "p50 ms", "p99 ms", "refused"),
        rows,
    )
    ground.table(
        "Processor time of a filing over HTTP, ms",
        ("threads", "pages", "PostgreSQL", "clients", "of the machine"),
        [server.shares() for server in servers],
    )
    print(f"\nasked for: over HTTP at least {ASKED_RATE}/s, p99 at most {ASKED_P99} ms")


def _tell_action(floor: float, rate: float, p50: float, p99: float) -> None:
    ground.table(
        "The action alone, without HTTP",
        ("what", "per second", f"of bare by {WORKERS}", "p50 ms", "p99 ms"),
        [
            (
                f"{PROCESSES} processes × {CLIENTS // PROCESSES} threads",
                f"{rate:.0f}",
                f"{rate / floor:.3f}",
                f"{p50:.0f}",
                f"{p99:.0f}",
            )
        ],
    )


def _tell_days(before: int) -> None:
    """The numbers of each day have no gap."""
    from appeals.models import Appeal

    days = Appeal.objects.filter(pk__gt=before).values("registered_on")
    for each in days.annotate(first=Min("number"), last=Max("number"), rows=Count("pk")):
        gaps = each["last"] - each["first"] + 1 - each["rows"]
        print(f"{each['registered_on']}: {each['rows']} rows, {gaps} gaps")
        if gaps:
            raise SystemExit("the numbers have gaps")


# --- What is sent ---------------------------------------------------------------------------------


def _quoted(token: str) -> str:
    """The form as a browser encodes it when js/sending.js has seen that it has no file."""
    own = {"{token}", "{key}", "{text}"}
    fields = {name: value for name, value in _FIELDS.items() if value is not None}
    encoded = "&".join(
        f"{name}={value if value in own else quote(value, safe='{}@')}"
        for name, value in fields.items()
    )
    return encoded.replace("{token}", token)


def _multipart(token: str) -> str:
    """The form as a browser encodes it without JavaScript; of no file, too, it sends a part."""
    parts = []
    for name, value in _FIELDS.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        if value is None:
            head += '; filename=""\r\nContent-Type: application/octet-stream'
        parts.append(f"--{_BOUNDARY}\r\n{head}\r\n\r\n{value or ''}\r\n")
    return "".join(parts).replace("{token}", token) + f"--{_BOUNDARY}--\r\n"


def _lua_string(text: str) -> str:
    for letter, written in {"\\": "\\\\", '"': '\\"', "\r": "\\r", "\n": "\\n"}.items():
        text = text.replace(letter, written)
    return f'"{text}"'


# --- Processor time -------------------------------------------------------------------------------


def _children_seconds() -> float:
    """Of this process's children that have ended: wrk."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


# --- The action alone -----------------------------------------------------------------------------


def _measure_action() -> tuple[float, float, float]:
    """Filings a second by the action, with its commit and without HTTP; p50, p99 in ms."""
    connections.close_all()
    connection.close_pool()  # a connection is of one process
    context = multiprocessing.get_context("fork")
    with context.Pool(PROCESSES) as pool:
        taken = sorted(chain.from_iterable(pool.map(_file_for_a_while, range(PROCESSES))))
    p50, p99 = (1000 * taken[int(len(taken) * part)] for part in (0.5, 0.99))
    return len(taken) / ground.SECONDS, p50, p99


def _file_for_a_while(number: int) -> list[float]:
    """What each filing took, by a part of the clients, in a process of its own."""
    with ThreadPoolExecutor(CLIENTS // PROCESSES) as threads:
        done = threads.map(_file_by_one, range(CLIENTS // PROCESSES))
        return [taken for each in done for taken in each]


def _file_by_one(number: int) -> list[float]:
    from django.contrib.auth.models import AnonymousUser

    from appeals import actions

    taken, until = [], time.monotonic() + ground.SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        actions.file(
            by=AnonymousUser(),
            kind="application",
            name="Коваль Олена Петрівна",
            residence="вул. Соборності, 12",
            email="bench@viche.example",
            subject="Не світять ліхтарі",
            text=f"Прошу відновити освітлення біля школи, стовп {number}-{len(taken)}.",
        )
        taken.append(time.perf_counter() - began)
    connection.close()
    return taken
