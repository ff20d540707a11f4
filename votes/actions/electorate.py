"""Writing down who may vote."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Value

from accounts.electorate import electors
from core import clock
from core.actions import action, locked
from core.events import emit
from organisations.models import Organisation
from votes.events import PollOpened
from votes.models import Invitation, Mark, Poll, State


def freeze(poll: Poll) -> Poll:
    """Write down the electorate of a poll that has opened; nobody joins it afterwards.

    The first voter does it, or a job, whichever comes first: afterwards, and before it opens, it
    changes nothing. Of an open poll only the number is kept, where it can be known. Emits
    PollOpened.
    """
    with action():
        poll = locked(poll)
        if poll.frozen_at or poll.state_at(clock.now()) != State.OPEN:
            return poll
        if poll.is_secret or poll.voters == Poll.Voters.INVITED:
            _write_marks(poll)
            poll.electorate = Mark.objects.filter(poll=poll).count()
        elif poll.voters == Poll.Voters.ORGANISATIONS:
            poll.electorate = Organisation.objects.confirmed().count()
        elif poll.voters != Poll.Voters.ANYONE:
            poll.electorate = electors(poll.requirement).count()
        poll.frozen_at = clock.now()
        poll.opening_told = True
        poll.save(update_fields=["frozen_at", "electorate", "opening_told"])
        emit(PollOpened(poll.pk, None))
        return poll


def _write_marks(poll: Poll) -> None:
    """A mark for each who may vote, in one statement."""
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
    # The inner statement is the ORM's own.
    insert = (
        f"INSERT INTO votes_mark ({columns}, used, on_paper) "  # noqa: S608
        f"SELECT voter.*, false, false FROM ({sql}) AS voter"
    )
    with connection.cursor() as cursor:
        cursor.execute(insert, values)
