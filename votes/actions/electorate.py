"""Actions that write the voter records of a poll, and create the partitions of secret ones."""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError, connection
from django.db.models import F, QuerySet, Value
from psycopg.errors import LockNotAvailable

from accounts.electorate import electors
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import Refused
from organisations.models import Organisation
from votes import partitions, rules
from votes.events import PollOpened
from votes.models import Invitation, Poll, SecretVoterRecord, State, VoterRecord, voter_records

logger = logging.getLogger(__name__)


def freeze(poll: Poll) -> Poll:
    """Write down the electorate of a poll that has opened; nobody joins it afterwards.

    The first voter does it, or a job, whichever comes first: afterwards, and before it opens, it
    changes nothing. Of an open poll only the number is kept, where it can be known.

    Refuses ``poll.opening``: a job has not made the partitions of a secret poll yet. Emits
    PollOpened.
    """
    with action():
        poll = locked(poll)
        if poll.frozen_at or poll.state_at(clock.now()) != State.OPEN:
            return poll
        if poll.is_secret and not partitions.exist(poll):
            raise Refused(rules.OPENING)
        if poll.is_secret or poll.voters == Poll.Voters.INVITED:
            _write_records(poll)
            poll.electorate = voter_records(poll).count()
        elif poll.voters == Poll.Voters.ORGANISATIONS:
            poll.electorate = Organisation.objects.confirmed().count()
        elif poll.voters != Poll.Voters.ANYONE:
            poll.electorate = electors(poll.requirement).count()
        poll.frozen_at = clock.now()
        poll.opening_told = True
        poll.save(update_fields=["frozen_at", "electorate", "opening_told"])
        emit(PollOpened(poll.pk, None))
        return poll


def create_partitions(poll: Poll) -> None:
    """Create the partitions of an announced secret poll, unless it has them.

    A job does it, never a voter's request: it waits for others that do the same.
    """
    with action():
        poll = locked(poll)
        if poll.is_secret and not partitions.exist(poll):
            partitions.create(poll)


def create_missing_partitions() -> None:
    """Create the partitions of announced secret polls that have none; the soonest to open first."""
    for pk in partitions.polls_without():
        try:
            create_partitions(Poll(pk=pk))
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            logger.warning("The partitions of a secret poll are not created yet: %s", error)


def _write_records(poll: Poll) -> None:
    """A record for each who may vote, in one statement."""
    rows: QuerySet[Any, Any]
    if poll.voters == Poll.Voters.INVITED:
        rows = Invitation.objects.filter(poll=poll).values_list(Value(poll.pk), "pk")
        columns = "poll_id, invitation_id"
    elif poll.voters == Poll.Voters.ORGANISATIONS:
        rows = Organisation.objects.confirmed().values_list(Value(poll.pk), "pk")
        columns = "poll_id, organisation_id"
    else:
        rows = electors(poll.requirement).values_list(
            Value(poll.pk), "pk", F("home_district"), F("known_age")
        )
        columns = "poll_id, user_id, district_id, age_over"
    sql, values = rows.order_by("pk").query.sql_with_params()
    table, number = VoterRecord._meta.db_table, dict[str, str]()
    if poll.is_secret:
        # As a foreign key would, of which there is none here: whom a record names is not deleted.
        sql += f" FOR KEY SHARE OF {rows.model._meta.db_table}"
        table, number = SecretVoterRecord._meta.db_table, {"number": "row_number() OVER ()"}
    more = {"used": "false", "on_paper": "false"} | number
    # The inner statement is the ORM's own.
    insert = (
        f"INSERT INTO {table} ({columns}, {', '.join(more)}) "  # noqa: S608
        f"SELECT voter.*, {', '.join(more.values())} FROM ({sql}) AS voter"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, values)
