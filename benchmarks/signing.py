"""Signing one petition by a crowd, beside a bare insert; each signer signs once.

The same is measured with a petition that a million have signed already, and so are recounts of such
petitions.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.db import connection

from accounts.models import User
from benchmarks import ground
from benchmarks.crowd import CLIENTS, Crowd, bare_insert
from core.domain import clock
from core.domain.calendar import end_of_day, local_date
from discussions.models import Thread
from petitions.models import Petition, Procedure, Signature
from petitions.signing import counting
from petitions.signing.mailbox import SIZE

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

_MANY = """
INSERT INTO petitions_signature
    (petition_id, mailbox, email, name, name_withheld, wants_news, status, suspicion, domain, at)
SELECT %(petition)s, substring(sha256(int8send(n)) FOR %(size)s), 's' || n || '@viche.example',
       'Підписантка ' || n, false, true, 1, '', 'viche.example',
       now() - interval '17 days' * random()
FROM generate_series(1, %(number)s) AS n
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder), [""] * SIGNERS)
        empty, full, hundred = (_petition(number) for number in (0, SIGNED, SIGNED // 10))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE petitions_signature")
        recounts = [(petition, _recount(petition)) for petition in (hundred, full)]
        floor = bare_insert(Path(folder))
        env = {"TRUSTED_PROXIES": ground.HOST, **LIMITS}
        found: dict[int, list[dict[str, float]]] = {empty.pk: [], full.pk: []}
        with ground.pages(**env) as base:
            used = dict.fromkeys(found, 0)
            for pk in found:  # so that both workers have begun
                _sign(base, crowd, pk, used, seconds=ground.WARM_UP)
            for _round in range(ROUNDS):
                for pk, measured in found.items():
                    measured.append(_sign(base, crowd, pk, used))
    _tell(floor, found, [empty, full], recounts)


def _sign(
    base: str, crowd: Crowd, pk: int, used: dict[int, int], *, seconds: int = ground.SECONDS
) -> dict[str, float]:
    """One round on one petition: what wrk measured, and how many rows it left."""
    before = Signature.objects.filter(petition=pk).count()
    path = f"/petitions/{pk}/sign/"
    measured = crowd.send(base, path, "wants_news=on", first=used[pk], seconds=seconds)
    # What was under way when wrk stopped has been written too.
    used[pk] += int(measured["asked"]) + 2 * CLIENTS
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
