"""Polls of an installation that was there before an upgrade."""

import json
from contextlib import nullcontext
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations import RunSQL

from votes.life import actions as life_actions
from votes.models import Invitation, Poll, State, cast_ballots, voter_records
from votes.opening.numbers import numbers_agree
from votes.results.recounting import differences

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


#: As the tables of secret polls were before boxes.
_FORMER = """
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE votes_openedballot, votes_receiptcode, votes_secretvoterrecord;
CREATE TABLE votes_sealedballot (poll_id bigint, code uuid, choices jsonb);
CREATE TABLE votes_secretvoterrecord (
    poll_id bigint, number integer, user_id bigint, organisation_id bigint, invitation_id bigint,
    used boolean, on_paper boolean, district_id bigint, age_over smallint
);
INSERT INTO votes_sealedballot SELECT poll, gen_random_uuid(), choices::jsonb FROM made_before;
INSERT INTO votes_secretvoterrecord (poll_id, number, user_id, used, on_paper)
SELECT poll, number, voter, true, false FROM made_before;
"""


def test_what_was_published_before_stays_and_can_be_counted_again(ofi, department, olena, bohdan):
    published = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    said = [factories.choose(published, place) for place in (0, 2)]
    for person, choices in zip((olena, bohdan), said, strict=True):
        factories.cast_secretly(published, person, choices)
    life_actions.publish(factories.close(published), by=ofi)
    migration = import_module("votes.migrations.0020_boxes")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE made_before"
            " (poll bigint, number int, voter bigint, choices text)"
        )
        rows = [
            (published.pk, number, person.pk, json.dumps(choices))
            for number, (person, choices) in enumerate(zip((olena, bohdan), said, strict=True), 1)
        ]
        cursor.executemany("INSERT INTO made_before VALUES (%s, %s, %s, %s)", rows)
        cursor.execute(_FORMER)
        cursor.execute(migration.TABLES)
    assert numbers_agree(published)
    kept = cast_ballots(published).order_by("place").values_list("choices", flat=True)
    assert sorted(kept, key=str) == sorted(said, key=str)
    assert set(voter_records(published).used().values_list("user", flat=True)) == {
        olena.pk,
        bohdan.pk,
    }
    assert differences(published) == [
        each for each in differences(published) if each.startswith("codes_hash")
    ], "the codes of this test are others"


@pytest.mark.parametrize(
    ("state", "passes"),
    [
        (State.DRAFT, True),
        (State.SCHEDULED, False),
        (State.OPEN, False),
        (State.CLOSED, False),
        (State.PUBLISHED, True),
        (State.CANCELLED, True),
    ],
)
def test_the_upgrade_is_refused_while_a_secret_poll_is_under_way(ofi, department, state, passes):
    factories.poll(ofi, department)
    factories.poll(ofi, department, state, secrecy=Poll.Secrecy.SECRET)
    refuse = import_module("votes.migrations.0020_boxes").REFUSE
    expected = nullcontext() if passes else pytest.raises(DatabaseError, match="former scheme")
    with connection.cursor() as cursor, expected:
        cursor.execute(refuse)


@pytest.mark.parametrize("column", ["poll_id", "user_id", "district_id"])
def test_the_upgrade_is_refused_where_a_record_leads_nowhere(ofi, department, olena, column):
    """And says which: the former tables had no foreign keys."""
    poll = factories.poll(ofi, department, secrecy=Poll.Secrecy.SECRET)
    life_actions.publish(factories.close(poll), by=ofi)
    refuse = import_module("votes.migrations.0020_boxes").REFUSE
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE made_before (poll int, number int, voter int, choices text)"
        )
        cursor.execute("INSERT INTO made_before VALUES (%s, 7, %s, '{}')", [poll.pk, olena.pk])
        cursor.execute(_FORMER)
        cursor.execute(refuse)
        cursor.execute(f"UPDATE votes_secretvoterrecord SET {column} = 987654321")  # noqa: S608 - names of columns, above
        with pytest.raises(DatabaseError, match="number 7"):
            cursor.execute(refuse)


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
