"""Count visitors: in the memory of the process, merged into the database now and then.

A request costs a keyed hash and an update of a sketch in memory. After VISITS_FLUSH_SECONDS, and
when the process ends, what was counted is merged into the rows of the day and of the month in one
short transaction, whatever other processes and machines have written there. A process that is
killed loses what it counted since: readers who come again are counted then.
"""

from __future__ import annotations

import atexit
import logging
from datetime import date
from functools import lru_cache
from threading import Lock, Timer
from time import monotonic

from crawleruseragents import is_crawler
from datasketches import hll_sketch, hll_union, tgt_hll_type
from django.conf import settings
from django.db import connection, transaction

from core.web.middleware.outage import AWAY
from insights.models import VisitorSketch
from insights.visits.salts import Salt, delete_past, first_of_month, load_salt

#: 2^15 registers: a standard error of 1.04 / sqrt(2^15), 0.6 %, in 16 kB of the database.
LG_K = 15
#: Seconds for which nobody is counted after the salt could not be read.
RETRY_SECONDS = 60.0

log = logging.getLogger(__name__)

#: The day and the digest of the salt with which it was counted.
type Key = tuple[date, str]


class Counter:
    """Counts of one process that are not yet merged into the database. Safe in threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted: dict[Key, hll_sketch] = {}
        self._salt: Salt | None = None
        self._retry_at = 0.0
        self._timer: Timer | None = None

    def count(self, address: str, browser: str, on: date) -> None:
        """Count a visitor of the day ``on`` (Kyiv).

        ``address``: an IPv4 address or the /64 of an IPv6 one; ``browser``: its User-Agent. Where
        the salt cannot be read nobody is counted for RETRY_SECONDS, and the log says so once.
        """
        salt = self._salt_of(on)
        if salt is None:
            return
        visitor = salt.hash_visitor(address, browser)
        key = (on, salt.digest)
        with self._lock:
            sketch = self._counted.get(key)
            if sketch is None:
                sketch = self._counted[key] = hll_sketch(LG_K, tgt_hll_type.HLL_8)
            sketch.update(visitor)
            if self._timer is None and settings.VISITS_FLUSH_SECONDS:
                self._start_timer()

    def _salt_of(self, day: date) -> Salt | None:
        salt = self._salt
        if salt is not None and (salt.month.year, salt.month.month) == (day.year, day.month):
            return salt
        with self._lock:
            if monotonic() < self._retry_at:
                return None
            try:
                delete_past(day)
                self._salt = load_salt(first_of_month(day))
            except (OSError, ValueError):
                self._salt = None
                self._retry_at = monotonic() + RETRY_SECONDS
                log.exception("Visits are not counted: the salt of the month cannot be read")
            return self._salt

    def _start_timer(self) -> None:
        self._timer = Timer(settings.VISITS_FLUSH_SECONDS, self._flush_in_thread)
        self._timer.daemon = True
        self._timer.start()

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        except AWAY:
            log.warning("Visits wait in memory: the database is away")
        finally:
            connection.close()

    def flush(self) -> None:
        """Merge what was counted into the database. What could not be written waits for the next
        time; raises OperationalError or InterfaceError then."""
        with self._lock:
            counted, self._counted = self._counted, {}
            self._timer = None
        if not counted:
            return
        try:
            merge(counted)
        except BaseException:
            with self._lock:
                for key, sketch in counted.items():
                    newer = self._counted.get(key)
                    self._counted[key] = _union(sketch, newer) if newer else sketch
                if self._timer is None and settings.VISITS_FLUSH_SECONDS:
                    self._start_timer()
            raise

    def forget(self) -> None:
        """Discard the counts and the salt (for tests)."""
        with self._lock:
            self._counted, self._salt, self._retry_at = {}, None, 0.0


def merge(counted: dict[Key, hll_sketch]) -> None:
    """Merge sketches of days into the rows of their days and months, in one transaction."""
    added: dict[tuple[date, str, str], list[hll_sketch]] = {}
    for (day, salt), sketch in counted.items():
        for period, begins_on in (("day", day), ("month", first_of_month(day))):
            added.setdefault((begins_on, period, salt), []).append(sketch)
    with transaction.atomic():
        VisitorSketch.objects.bulk_create(
            (
                VisitorSketch(begins_on=begins_on, period=period, salt=salt, registers=b"")
                for begins_on, period, salt in sorted(added)
            ),
            ignore_conflicts=True,
        )
        days, salts = {key[0] for key in added}, {key[2] for key in added}
        rows = VisitorSketch.objects.filter(begins_on__in=days, salt__in=salts)
        changed = []
        # One order for all processes, so that none waits for another that waits for it.
        for row in rows.order_by("begins_on", "period", "salt").select_for_update(no_key=True):
            news = added.get((row.begins_on, row.period, row.salt), [])
            registers = pack(_union(*unpack(bytes(row.registers)), *news))
            if registers != bytes(row.registers):
                row.registers = registers
                changed.append(row)
        VisitorSketch.objects.bulk_update(changed, ["registers"])


def _union(*sketches: hll_sketch) -> hll_sketch:
    union = hll_union(LG_K)
    for sketch in sketches:
        union.update(sketch)
    return union.get_result(tgt_hll_type.HLL_8)


def pack(sketch: hll_sketch) -> bytes:
    """Serialise a sketch for storage: four bits a register."""
    smaller = hll_union(LG_K)
    smaller.update(sketch)
    return bytes(smaller.get_result(tgt_hll_type.HLL_4).serialize_compact())


def unpack(registers: bytes) -> list[hll_sketch]:
    """Deserialise a stored sketch; a new one for a row that was just created."""
    return [hll_sketch.deserialize(registers)] if registers else []


#: That of this process.
visits = Counter()


def _flush_at_exit() -> None:
    try:
        if settings.VISITS_FLUSH_SECONDS:
            visits.flush()
    except AWAY:
        log.warning("Visits of the last seconds are lost: the database is away")


atexit.register(_flush_at_exit)


@lru_cache(maxsize=4096)
def is_robot(browser: str) -> bool:
    """Whether a User-Agent names a crawler, a monitor or a program, or nothing at all.

    The list is that of crawler-user-agents; asked once for each browser, which costs 0.2 ms.
    """
    return not browser or is_crawler(browser)
