"""The action that writes down who may vote in a poll."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Value

from accounts.electorate import electors
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from organisations.models import Organisation
from votes.events import PollOpened
from votes.models import Invitation, Poll, SecretVoterRecord, State, VoterRecord, voter_records


def freeze(poll: Poll) -> Poll:
    """Write down the electorate of a poll that has opened; nobody joins it afterwards.

    The first voter does it, or a job, whichever comes first: afterwards, and before it opens, it
    changes nothing. Of an open poll only the number is kept, where it can be known.

    Emits PollOpened.
    """
    with action():
        poll = locked(poll)
        if poll.frozen_at or poll.state_at(clock.now()) != State.OPEN:
            return poll
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
        table, number = SecretVoterRecord._meta.db_table, {"number": "row_number() OVER ()"}
    more = {"used": "false", "on_paper": "false"} | number
    # The inner statement is the ORM's own.
    insert = (
        f"INSERT INTO {table} ({columns}, {', '.join(more)}) "  # noqa: S608
        f"SELECT voter.*, {', '.join(more.values())} FROM ({sql}) AS voter"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, values)
