"""Actions that open the boxes of a secret poll, once, when it has closed (docs/adr/0118)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import SystemRandom

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection, transaction
from django.db.models import Case, Count, IntegerField, Value, When

from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import Refused, require
from sealing.boxes import public_half
from votes import queries, rules
from votes.ballots.boxes import Ballot, Opener
from votes.events import BallotsOpened, OpeningBegun
from votes.keepers import rules as keepers_rules
from votes.models import Keeper, OpenedBallot, Poll, ReceiptCode, SecretVoterRecord

#: Turnout before the close is rounded down to so many.
STEP = 20
_BALLOTS, _CODES = OpenedBallot._meta.db_table, ReceiptCode._meta.db_table
#: So many boxes are in memory at once.
_AT_ONCE = 2000


def open_boxes(poll: Poll, key: X25519PrivateKey, *, by_id: int | None = None) -> Poll:
    """Open all boxes of a poll that has closed, write down what they hold, and empty them.

    From its first step on no box changes. What was opened is written in one transaction: choices in
    a random order, codes sorted, and nothing that joins them. If the process ends before that, the
    boxes are as they were, and it begins again. ``key`` is a keeper's; ``by_id`` who brought it.

    Refuses by keepers.rules.open_boxes and with ``keeper.other_key``. Emits OpeningBegun,
    BallotsOpened.
    """
    place, keepers = begin(poll, key, by_id=by_id)
    poll.refresh_from_db()
    opener = Opener(poll, key, place, keepers, queries.questions_of(poll))
    ballots: list[Ballot] = []
    unopened = 0
    for number, box in _boxes(poll):
        if (ballot := opener.open(number, box)) is None:
            unopened += 1
        else:
            ballots.append(ballot)
    return _write(poll, ballots, unopened, by_id)


def begin(poll: Poll, key: X25519PrivateKey, *, by_id: int | None = None) -> tuple[int, int]:
    """Let no box change any more, if the key is a keeper's: a short lock. Returns the place of that
    keeper, from 0, and how many there are."""
    with action():
        poll = locked(poll)
        require(keepers_rules.open_boxes(poll, now=clock.now()))
        public_key = public_half(key)
        kept = Keeper.objects.filter(poll=poll).values_list("public_key", flat=True)
        keys = [bytes(each) for each in kept]
        if public_key not in keys:
            raise Refused(rules.OTHER_KEY)
        if poll.opening_at is None:
            poll.opening_at = clock.now()
            poll.save(update_fields=["opening_at"])
            emit(OpeningBegun(poll.pk, by_id))
        return keys.index(public_key), len(keys)


def _boxes(poll: Poll) -> Iterator[tuple[int, bytes]]:
    records = SecretVoterRecord.objects.filter(poll=poll, box__isnull=False).order_by("number")
    for number, box in records.values_list("number", "box").iterator(_AT_ONCE):
        yield number, bytes(box)


def _write(poll: Poll, ballots: list[Ballot], unopened: int, by_id: int | None) -> Poll:
    """Write the opened ballots, in one transaction that is on the disk when it ends."""
    SystemRandom().shuffle(ballots)
    said = [json.dumps(ballot.choices, separators=(",", ":")) for ballot in ballots]
    codes = sorted(ballot.code for ballot in ballots if ballot.code is not None)
    with action():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")
            cursor.execute("SET LOCAL statement_timeout = '10min'")
        poll = locked(poll)
        if poll.opened_at is not None:  # another keeper was quicker
            return poll
        now = clock.now()
        require(keepers_rules.open_boxes(poll, now=now))
        with connection.cursor() as cursor:
            for table, column, rows in ((_BALLOTS, "choices", said), (_CODES, "code", codes)):
                # Rows of a COPY are in no statement that a log might hold.
                with cursor.copy(f"COPY {table} (poll_id, place, {column}) FROM STDIN") as copy:
                    for place, row in enumerate(rows, 1):
                        copy.write_row((poll.pk, place, row))
        poll.opened_at, poll.unopened = now, unopened
        poll.told_turnout = len(ballots) + unopened
        poll.save(update_fields=["opened_at", "unopened", "told_turnout"])
        empty_boxes(poll)
        emit(BallotsOpened(poll.pk, by_id))
        return poll


def empty_boxes(poll: Poll) -> None:
    """Take the boxes and the forms' values from the records of a poll that is opened or cancelled.
    Their bytes stay in the table's files until something else is written there."""
    records = SecretVoterRecord.objects.filter(poll=poll, box__isnull=False)
    records.update(box=None, form=None)


def tell_turnouts() -> int:
    """Round the turnout of secret polls that are not opened, so that nobody learns from it who has
    just voted. A job calls it every minute. Returns how many changed."""
    running = Poll.objects.filter(
        secrecy=Poll.Secrecy.SECRET, frozen_at__isnull=False, opened_at=None, cancelled_at=None
    )
    used = SecretVoterRecord.objects.filter(used=True, poll__in=running).values_list("poll")
    rounded = {pk: n // STEP * STEP for pk, n in used.annotate(number=Count("number")) if n >= STEP}
    cases = [When(pk=pk, then=Value(number)) for pk, number in rounded.items()]
    if not cases:
        return 0
    new = Case(*cases, output_field=IntegerField())
    behind = running.filter(pk__in=rounded, told_turnout__lt=new)
    with transaction.atomic():  # one where somebody votes right now is told a minute later
        free = behind.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)
        return Poll.objects.filter(pk__in=list(free)).update(told_turnout=new)
