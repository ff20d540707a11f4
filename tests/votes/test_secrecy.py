"""An attack by whoever holds the bytes: who cast which ballot of a secret poll?

Dumps of two nights, every file of the database, its write-ahead log and a copy of the whole machine
without the keepers' files hold boxes that nobody opens. With a keeper's file everybody is found
before the close: so the attack has teeth.
"""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path
from random import Random

import psutil
import psycopg
import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from core.models import AuditEntry
from tests.crowds import crowd, post, sessions
from tests.servers import database_url, free_port, start_web
from tests.votes import factories
from votes.ballots.boxes import Opener
from votes.electorate import actions as electorate_actions
from votes.keepers import actions as keepers_actions
from votes.keepers import server_keys
from votes.life import actions as life_actions
from votes.models import Keeper, OpenedBallot, Poll, ReceiptCode, SecretVoterRecord, State
from votes.opening import actions as opening_actions
from votes.opening.numbers import numbers_agree
from votes.queries import questions_of

pytestmark = pytest.mark.django_db(transaction=True)

#: Of the fixture ``recognisable``: in letters only a choice has them, but for dumps, which spell
#: everything.
NUMBERS = rb"(?:731|852)0{10}[0-9]{3}"
_BESIDE = rb"7310{10}[0-9]{3}[^0-9\n\t]{1,8}8520{10}[0-9]{3}"
#: Every file of the database, and of the log of its changes.
_FILES = """
SELECT 'base/' || db.oid || '/' || file.name
FROM pg_database db, pg_ls_dir('base/' || db.oid) AS file (name)
WHERE db.datname = current_database() AND file.name ~ '^t?[0-9]'
UNION ALL SELECT 'pg_wal/' || name FROM pg_ls_waldir()
"""
_READ = "SELECT pg_read_binary_file(%s, 0, 1000000000, true)"


def kept_by(keys, officer, **fields) -> Poll:
    """An open poll whose keys two people keep, each in a file that is not here."""
    department = officer.grants.get().department
    how = {"secrecy": Poll.Secrecy.SECRET, "keeping": Poll.Keeping.PEOPLE}
    poll = factories.poll(officer, department, State.DRAFT, **how, **fields)
    for key in keys:
        public_key = key.public_key().public_bytes_raw()
        keepers_actions.add_keeper(poll, by=officer, name="Секретар", public_key=public_key)
    Keeper.objects.filter(poll=poll).update(proved_at="2026-11-01T10:00Z")
    return electorate_actions.freeze(life_actions.schedule(poll, by=officer))


def vote(poll: Poll, voters: list[User], random: Random) -> dict[int, tuple[bytes, int]]:
    """Let them vote one after the other; returns whose code and choice is whose."""
    truth = {}
    for voter in voters:
        place = random.randrange(3)
        code = factories.cast_secretly(poll, voter, factories.choose(poll, place))
        truth[voter.pk] = code.bytes if code else b"", place
    return truth


def files() -> bytes:
    """All bytes of the database's files and of its log."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(_FILES)
        found = []
        for (path,) in cursor.fetchall():
            cursor.execute(_READ, [path])
            found.append(bytes(cursor.fetchone()[0] or b""))
        return b"".join(found)


def dump(path: str) -> bytes:
    """What a nightly backup writes, as SQL."""
    command = ["pg_dump", "--no-owner", "--data-only", "--table=votes_*", database_url()]
    env = os.environ | {"PATH": path}
    return subprocess.run(command, check=True, capture_output=True, env=env).stdout


def base_backup(path: str, folder: Path) -> bytes:
    """What a copy of the whole cluster has, with the log of its changes in a folder of its own; a
    standby begins as one."""
    command = ["pg_basebackup", "-D", str(folder / "data"), "-X", "stream", "--checkpoint=fast"]
    command += ["--waldir", str(folder / "log"), "-d", database_url()]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PATH": path})
    assert [*(folder / "log").iterdir()]
    return bytes_in(folder)


def bytes_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def holds(content: bytes, secret: bytes) -> bool:
    """In any spelling in which a database or a dump may have it."""
    spelled = secret.hex()
    dashed = "-".join([spelled[:8], spelled[8:12], spelled[12:16], spelled[16:20], spelled[20:]])
    return any(each in content for each in (secret, spelled.encode(), dashed.encode()))


@pytest.mark.parametrize(
    "number",
    [pytest.param(100, marks=pytest.mark.short), pytest.param(1000, marks=pytest.mark.long)],
)
@pytest.mark.cpu(30)  # 10 alone, up to 24 within a whole run
def test_nobodys_choice_is_in_the_bytes_before_the_close(
    officer,
    keys,
    number,
    programs,
    tmp_path,
):
    random = Random(4711)
    voters = crowd(number)
    poll = kept_by(keys, officer)
    random.shuffle(voters)
    truth = vote(poll, voters[:-3], random)
    copies = [files(), dump(programs)]
    truth |= vote(poll, voters[-3:], random)  # between two nights
    copies += [files(), dump(programs)]
    if number > 100:
        copies.append(base_backup(programs, tmp_path / "copy"))
    for content in copies:
        assert not any(
            holds(content, code) for code, _place in random.sample([*truth.values()], 20)
        )
        for key in keys:
            assert not holds(content, key.private_bytes_raw())
    boxes = boxes_of(poll)
    assert len({len(box) for box in boxes.values()}) == 1
    assert len(set(boxes.values())) == number
    nothing_else_knows(truth)

    # The control: with a keeper's file before the close everybody is found.
    for place, key in enumerate(keys):
        opener = Opener(poll, key, place, len(keys), questions_of(poll))
        opened = {user: opener.open(n, box) for (user, n), box in boxes.items()}
        assert {user: said.code.bytes for user, said in opened.items()} == {
            user: code for user, (code, _place) in truth.items()
        }

    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    assert not boxes_of(poll)
    poll.refresh_from_db()
    assert numbers_agree(poll)
    nothing_leads_from_a_voter_to_a_ballot(poll, truth)
    content = files() + dump(programs)
    assert not any(holds(content, key.private_bytes_raw()) for key in keys)


def choices_in(content: bytes) -> list[bytes]:
    """What says an option beside its question, as a ballot, a form or an address spells it."""
    return re.findall(_BESIDE, content)


def by_page(poll: Poll, person: User, place: int) -> None:
    client, address = Client(), f"/polls/{poll.pk}/vote/"
    client.force_login(person)
    chosen = {f"q{factories.first_question(poll).pk}": factories.options(poll)[place]}
    page = client.get(address)
    for button in ("check", "cast"):
        slip = page.context["form"]["slip"].value()
        page = client.post(address, chosen | {"slip": slip, button: "1"})
        assert page.status_code == 200


def by_api(poll: Poll, person: User, place: int) -> None:
    client, address = Client(), f"/api/v1/polls/{poll.pk}/secret-ballot/"
    client.force_login(person)
    body = {"choices": factories.choose(poll, place), "form": client.get(address).json()["form"]}
    assert client.post(address, body, content_type="application/json").status_code == 201


@pytest.mark.usefixtures("recognisable")
@pytest.mark.in_turn("kind", ["once", "changeable"])
@pytest.mark.cpu(12)
def test_no_choice_is_in_copies_of_two_nights(
    officer,
    keys,
    kind,
    programs,
    tmp_path,
):
    """By the page and the API, of either kind, changed votes too: neither in the dumps nor in base
    backups, nor in the log of changes between them."""
    voters = crowd(6)
    poll = kept_by(keys, officer, ballot_kind=kind)
    for place, voter in enumerate(voters[:5]):
        (by_page if place % 2 else by_api)(poll, voter, place % 3)
    dumps, copies = [dump(programs)], [base_backup(programs, tmp_path / "1"), files()]
    by_page(poll, voters[5], 1)  # between two nights
    if kind == Poll.BallotKind.CHANGEABLE:
        by_page(poll, voters[0], 2)
    dumps, copies = [*dumps, dump(programs)], [*copies, base_backup(programs, tmp_path / "2")]
    assert not any(choices_in(each) for each in dumps)
    assert not any(re.search(NUMBERS, each) for each in copies)
    assert len(boxes_of(poll)) == 6
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    assert len(choices_in(dump(programs))) == 6 and re.search(NUMBERS, files()), "the control"


@pytest.mark.long
def test_no_process_of_pages_or_of_the_database_holds_the_servers_key(officer):
    """Amid a poll whose key is in a file of this machine. (This process has it: the control.)"""
    people = crowd(5)
    department = officer.grants.get().department
    poll = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    poll = electorate_actions.freeze(poll)
    key, port = server_keys.load(poll).private_bytes_raw(), free_port()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = psutil.Process(cursor.fetchone()[0]).parent()
    with start_web(port=port, DJANGO_SETTINGS_MODULE="tests.served") as web:
        for person, session in zip(people, sessions(people), strict=True):
            choice = f"q{factories.first_question(poll).pk}"
            form = {choice: factories.options(poll)[0], "slip": factories.slip(poll, person)}
            assert post(port, f"/polls/{poll.pk}/vote/", session, form | {"cast": "1"}) == 200
        web_process = psutil.Process(web.pid)
        others = [web_process, database]
        others += [child for each in list(others) for child in each.children(recursive=True)]
        assert len(others) > 4
        for other in others:
            shared = other in (database, web_process)
            assert not holds(memory_of(other.pid, shared=shared), key), other.name()
    assert holds(memory_of(os.getpid()), key)


def memory_of(pid: int, *, shared: bool = True) -> bytes:
    """All that a process may read of its memory; ``shared``: what others see too."""
    found, place = [], Path("/proc") / str(pid)
    with (place / "maps").open() as maps, (place / "mem").open("rb", 0) as memory:
        for line in maps:
            ends, rights, *_rest = line.split()
            begin, end = (int(each, 16) for each in ends.split("-"))
            if rights[0] == "r" and (shared or rights[3] == "p") and "[v" not in line:
                with suppress(OSError, OverflowError):
                    memory.seek(begin)
                    found.append(memory.read(end - begin))
    return b"".join(found)


def boxes_of(poll: Poll) -> dict[tuple[int, int], bytes]:
    records = SecretVoterRecord.objects.filter(poll=poll, box__isnull=False)
    return {(user, n): bytes(box) for user, n, box in records.values_list("user", "number", "box")}


def nothing_leads_from_a_voter_to_a_ballot(poll: Poll, truth: dict[int, tuple[bytes, int]]) -> None:
    """Neither from a receipt: the n-th voter or code in any order is no better than a guess at the
    n-th ballot, in the order of either."""
    options = factories.options(poll)
    ballots = [
        options.index(next(iter(choices.values())))
        for choices in OpenedBallot.objects.order_by("place").values_list("choices", flat=True)
    ]
    codes = list(ReceiptCode.objects.order_by("place").values_list("code", flat=True))
    place_of = dict(truth.values())
    assert [code.bytes for code in codes] == sorted(place_of)
    with connection.cursor() as cursor:
        for order in ("number", "ctid", "user_id", "xmin::text::bigint, ctid"):
            cursor.execute(
                f"SELECT user_id FROM votes_secretvoterrecord"  # noqa: S608
                f" WHERE poll_id = %s AND used ORDER BY {order}",
                [poll.pk],
            )
            said = [truth[user][1] for (user,) in cursor.fetchall()]
            # Of three options a third is right by chance.
            assert sum(map(int.__eq__, said, ballots)) < len(said) * 0.55, order
    said = [place_of[code.bytes] for code in codes]
    assert sum(map(int.__eq__, said, ballots)) < len(said) * 0.55


def nothing_else_knows(truth: dict[int, tuple[bytes, int]]) -> None:
    """No other table got a row while people voted: no audit entry, no count of tries."""
    assert not AuditEntry.objects.filter(actor__in=list(truth)).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_limit")
        assert cursor.fetchone()[0] == 0


def test_turnout_is_told_in_steps_of_twenty(officer, keys):
    voters = crowd(41)
    poll = kept_by(keys, officer)
    told = []
    for start, end in ((0, 19), (19, 20), (20, 41)):
        vote(poll, voters[start:end], Random(1))
        with psycopg.connect(database_url()) as other:  # somebody votes right now
            other.execute("SELECT FROM votes_poll WHERE id = %s FOR SHARE", [poll.pk])
            assert opening_actions.tell_turnouts() == 0, "it waits for nobody"
        told.append(opening_actions.tell_turnouts())
        poll.refresh_from_db()
        told.append(poll.told_turnout)
    assert told == [0, 0, 1, 20, 1, 40]
    assert opening_actions.tell_turnouts() == 0
    factories.end(poll)
    assert opening_actions.open_boxes(poll, keys[0]).told_turnout == 41


@pytest.mark.parametrize("step", ["opening_at", "opened_at"])
def test_an_opening_that_ends_amid_its_work_begins_again(officer, keys, olena, step, monkeypatch):
    """As after kill -9: what was not committed is not there, and no box is lost."""
    poll = kept_by(keys, officer)
    code = factories.cast_secretly(poll, olena)
    factories.end(poll)
    broken = {"opening_at": "_boxes", "opened_at": "empty_boxes"}[step]

    def end(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(opening_actions, broken, end)
        opening_actions.open_boxes(poll, keys[0])
    poll.refresh_from_db()
    assert poll.opening_at and not poll.opened_at
    assert len(boxes_of(poll)) == 1
    assert not OpenedBallot.objects.exists()
    opening_actions.open_boxes(poll, keys[1])
    assert ReceiptCode.objects.get().code == code
