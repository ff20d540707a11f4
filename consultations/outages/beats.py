"""The page beat: each process that serves pages says each minute that it is there.

One row holds the newest beat of all of them. Whoever comes first after a gap records the gap as an
outage, in the same statement. Only processes of ``bin/serve`` beat (settings.PAGE_BEATS): a demo
or a development server that is stopped for the night was not away.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.db import connection

#: Seconds between two beats of a process.
PAUSE = 60.0
#: Without any beat for so long the site was away. A restart takes less.
GAP = timedelta(minutes=3)
_GAP: list[Any] = [GAP]

log = logging.getLogger(__name__)

# Whoever waits for the row's lock sees the beat that it waited for, and no gap. The count of gaps
# has the former beat read before the new one is written.
_BEAT = """
WITH former AS (
    SELECT at FROM consultations_page_beat FOR UPDATE
), gap AS (
    INSERT INTO consultations_outage (began_at, ended_at)
    SELECT at, statement_timestamp() FROM former WHERE statement_timestamp() - at > %s
    ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO consultations_page_beat (at)
SELECT statement_timestamp() FROM (SELECT count(*) FROM gap) AS recorded
ON CONFLICT (single) DO UPDATE SET at = greatest(consultations_page_beat.at, excluded.at)
"""
_IS_SILENT = """
SELECT EXISTS (SELECT FROM consultations_page_beat WHERE statement_timestamp() - at > %s)
"""


def beat() -> None:
    """Say that pages are served; after a gap, record it as an outage. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, _GAP)


def is_away() -> bool:
    """Whether pages beat here, and none has for longer than GAP: an outage goes on."""
    if not settings.PAGE_BEATS:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_IS_SILENT, _GAP)
        return bool(cursor.fetchone()[0])


def start() -> None:
    """Beat each minute, in a thread that ends with the process."""
    Thread(target=_go_on, name="page-beat", daemon=True).start()


def _go_on() -> None:
    while True:
        try:
            beat()
            connection.close()
        # The database is away, and so is the site, until a beat comes through. Whatever else it
        # is: a thread that ended would look like an outage.
        except Exception as fault:
            log.warning("page beat failed: %s", type(fault).__name__)
            with suppress(Exception):
                connection.close()
        sleep(PAUSE)
