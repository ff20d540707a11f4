"""Polls of an installation that was there before an upgrade."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunSQL

from accounts.models import User
from votes import partitions
from votes.actions import cast as actions
from votes.actions import electorate as electorate_actions
from votes.actions import seal as seal_actions
from votes.actions.seal import numbers_agree
from votes.models import Invitation, Poll, State, VoterRecord, cast_ballots, voter_records

from . import factories

pytestmark = pytest.mark.django_db


def test_a_poll_announced_before_is_found_after_the_upgrade(client, ofi, department):
    former = factories.poll(ofi, department, title="Фонтан на Копровій")
    words = former.search
    draft = factories.poll(ofi, department, "draft", title="Фонтан у парку")
    Poll.objects.update(search=None)
    import_module("votes.migrations.0011_search_of_announced").fill(apps, None)
    former.refresh_from_db()
    draft.refresh_from_db()
    assert former.search == words
    assert draft.search is None


def test_lists_written_before_are_in_order_after_the_upgrade(ofi, department):
    people = [("Єва Гай", ""), ("Андрій Рак", "")]
    poll = factories.poll(ofi, department, "draft", people=people)
    Invitation.objects.filter(poll=poll).update(name_key="")
    import_module("votes.migrations.0012_list_in_order").fill(apps, None)
    lines = Invitation.objects.filter(poll=poll).order_by("name_key")
    assert [line.name for line in lines] == ["Андрій Рак", "Єва Гай"]


def test_secret_polls_of_before_lie_in_partitions_after_the_upgrade(
    ofi, department, bohdan, charlie
):
    """As their rows were: records among those of open polls, ballots in a table of all polls."""
    secret = Poll.Secrecy.SECRET
    openly, closed, unopened, draft = (
        factories.poll(ofi, department),
        factories.poll(ofi, department, secrecy=secret),
        factories.poll(ofi, department, State.SCHEDULED, secrecy=secret),
        factories.poll(ofi, department, State.DRAFT, secrecy=secret),
    )
    actions.cast(openly, by=bohdan, choices=factories.choose(openly))
    electorate_actions.freeze(closed)
    code = uuid4()
    actions.cast_secretly(closed, by=bohdan, code=code, choices=factories.choose(closed))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO votes_mark (poll_id, user_id, used, on_paper)"
            " SELECT poll_id, user_id, used, on_paper FROM votes_secretvoterrecord"
        )
        cursor.execute(
            "CREATE TABLE former AS SELECT * FROM votes_sealedballot;"
            " DROP TABLE votes_secretvoterrecord, votes_sealedballot;"
            " CREATE TABLE votes_sealedballot (code uuid CONSTRAINT votes_sealedballot_pkey"
            " PRIMARY KEY, choices jsonb NOT NULL, poll_id bigint NOT NULL"
            " REFERENCES votes_poll DEFERRABLE INITIALLY DEFERRED);"
            " INSERT INTO votes_sealedballot SELECT code, choices, poll_id FROM former;"
            " DROP TABLE former"
        )
        migration = import_module("votes.migrations.0013_secret_partitions")
        cursor.execute(migration.TABLES)
        cursor.execute(migration.MOVE)
    assert VoterRecord.objects.get().poll == openly
    assert cast_ballots(closed).get().code == code
    assert numbers_agree(closed)
    assert voter_records(closed).used().get().user == bohdan
    assert voter_records(closed).count() == User.objects.count()
    assert [partitions.exist(each) for each in (closed, unopened, draft)] == [True, True, False]
    assert seal_actions.reseal(closed) == 1
    assert cast_ballots(closed).get().code == code


def test_the_upgrade_may_take_as_long_as_it_takes():
    """Whatever the settings allow a page."""

    def statements(name: str, *, atomic: bool) -> list[str]:
        migration = import_module(f"votes.migrations.{name}").Migration
        assert migration.atomic is atomic
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            for operation in migration.operations:
                if isinstance(operation, RunSQL):
                    operation.database_forwards("votes", editor, None, None)
        return [each.rstrip(";\n") for each in editor.collected_sql]

    moves = statements("0013_secret_partitions", atomic=True)
    assert moves[0] == "SET LOCAL statement_timeout = 0"
    assert statements("0014_vacuum_voter_records", atomic=False) == [
        "SET statement_timeout = 0",
        "VACUUM FULL votes_mark",
        "RESET statement_timeout",
    ]
