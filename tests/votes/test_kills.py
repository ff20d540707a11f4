"""kill -9 at each step of a secret poll: what was acknowledged counts once, nothing else counts.

A child of this process does the step and ends itself by force at one place of it: nothing of it is
tidied up, and PostgreSQL takes back what it had not committed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sealing import kept_keys
from tests import factories as house
from tests.crowds import until
from tests.votes import factories
from tests.votes.test_races import crash_database
from votes.ballots import actions as casting
from votes.electorate import actions as electorate_actions
from votes.keepers import actions as keepers_actions
from votes.keepers import server_keys
from votes.life import actions as life_actions
from votes.models import Keeper, OpenedBallot, Poll, ReceiptCode, SecretVoterRecord, State
from votes.opening import actions as opening_actions

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]
ONCE, CHANGEABLE = Poll.BallotKind.ONCE, Poll.BallotKind.CHANGEABLE


@pytest.fixture
def officer():
    return house.user("officer", role="officer", department=house.department())


def secret(officer, kind=ONCE) -> Poll:
    """An open poll whose key the server keeps; its voters are made before."""
    how = {"secrecy": Poll.Secrecy.SECRET, "ballot_kind": kind}
    department = officer.grants.get().department
    return electorate_actions.freeze(factories.poll(officer, department, **how))


def killed(act: Callable[[], Any], owner: Any = None, name: str = "", *, after: bool = False):
    """Do it in a process that ends by force when it calls ``name`` of ``owner``, ``after`` that or
    in its place; without a name when all is done."""
    connection.close()
    connection.close_pool()
    child = os.fork()
    if child == 0:
        try:

            def end(*args: Any, **kwargs: Any) -> None:
                if after:
                    original(*args, **kwargs)
                os.kill(os.getpid(), signal.SIGKILL)

            if name:
                original = getattr(owner, name)
                setattr(owner, name, end)
            act()
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)  # it did not get there
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    until(lambda: not others())


def others() -> int:
    """Connections of the process that has ended: its locks go with them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND xact_start IS NOT NULL"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "place", [(os, "fsync"), (keepers_actions, "_write"), (None, "")], ids=["file", "row", "done"]
)
def test_the_making_of_a_key(officer, settings, tmp_path, place):
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    how = {"secrecy": Poll.Secrecy.SECRET, "keeping": Poll.Keeping.SERVER}
    poll = factories.poll(officer, officer.grants.get().department, State.DRAFT, **how)
    Keeper.objects.filter(poll=poll).delete()
    killed(server_keys.tend, *place)
    is_done = place[0] is None
    assert Keeper.objects.filter(poll=poll).exists() is is_done
    server_keys.tend()
    assert server_keys.load(poll)
    assert Keeper.objects.filter(poll=poll).count() == 1


@pytest.mark.parametrize("kind", [ONCE, CHANGEABLE])
@pytest.mark.parametrize("is_written", [False, True])
def test_casting_and_replacing(officer, olena, kind, is_written):
    """Ended before it is committed, or before it is answered: the same form sent again is one."""
    poll = secret(officer, kind)
    if kind == CHANGEABLE:
        factories.cast_secretly(poll, olena)
    records = SecretVoterRecord.objects.filter(poll=poll, user=olena)
    before = records.values_list("used", "form").get()
    form = factories.slip(poll, olena)

    def cast() -> Any:
        chosen = factories.choose(poll, 2)
        return casting.cast_secretly(poll, by=olena, slip=form, choices=chosen)

    killed(cast, *((None, "") if is_written else (casting, "_put_into_box")), after=True)
    assert (records.values_list("used", "form").get() != before) is is_written
    box = records.get().box
    code = cast()
    assert (records.get().box == box) is is_written
    factories.close(poll)
    assert OpenedBallot.objects.get(poll=poll).choices == factories.choose(poll, 2)
    assert list(ReceiptCode.objects.values_list("code", flat=True)) == ([code] if code else [])


@pytest.mark.parametrize(
    "of_database", [False, pytest.param(True, marks=pytest.mark.long)], ids=["process", "all"]
)
@pytest.mark.parametrize("place", ["_boxes", "empty_boxes"])
def test_opening(officer, olena, bohdan, place, of_database):
    poll = secret(officer)
    codes = {factories.cast_secretly(poll, person) for person in (olena, bohdan)}
    factories.end(poll)
    key = server_keys.load(poll)
    killed(lambda: opening_actions.open_boxes(poll, key), opening_actions, place, after=True)
    if of_database:
        crash_database()
    poll.refresh_from_db()
    assert poll.opening_at and not poll.opened_at
    assert SecretVoterRecord.objects.filter(poll=poll, box__isnull=False).count() == 2
    assert not OpenedBallot.objects.exists() and not ReceiptCode.objects.exists()
    server_keys.tend()
    assert set(ReceiptCode.objects.values_list("code", flat=True)) == codes
    assert life_actions.publish(poll, by=officer).counted["ballots"] == 2


@pytest.mark.parametrize("of_database", [False, pytest.param(True, marks=pytest.mark.long)])
def test_opened_and_ended_before_anybody_was_told(officer, olena, of_database):
    poll = secret(officer)
    code = factories.cast_secretly(poll, olena)
    factories.end(poll)
    key = server_keys.load(poll)
    killed(lambda: opening_actions.open_boxes(poll, key))
    if of_database:
        crash_database()
    server_keys.tend()
    assert ReceiptCode.objects.get().code == code
    assert OpenedBallot.objects.count() == 1
    assert life_actions.publish(poll, by=officer).counted["ballots"] == 1


@pytest.mark.parametrize(
    "place", [(Path, "unlink"), (kept_keys, "overwrite"), (server_keys.clock, "now")]
)
def test_destroying(officer, olena, settings, tmp_path, place):
    """It is repeated until it is done, and never before the opening."""
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    poll = secret(officer)
    factories.cast_secretly(poll, olena)
    factories.close(poll)
    (file,) = settings.BALLOT_KEYS_ROOT.iterdir()
    raw = file.read_bytes()
    killed(lambda: server_keys.destroy(poll), *place)
    poll.refresh_from_db()
    assert (file.read_bytes() == raw) is (place[1] == "overwrite")
    assert (poll.key_destroyed_at is None) is (place[0] is not Path)
    server_keys.destroy(poll)
    poll.refresh_from_db()
    assert poll.key_destroyed_at and not file.exists()
