"""Keepers of a secret poll's key: made on their device, tried, and used once after the close."""

from __future__ import annotations

import io
import os
import resource
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from lxml import html

from core.domain.rules import Refused
from core.models import AuditEntry
from sealing.boxes import HPKE
from sealing.challenges import INFO
from sealing.key_files import write_key_file
from tests import factories as house
from tests.crowds import until
from tests.servers import database_url
from tests.votes import factories
from votes import rules
from votes.electorate import actions as electorate_actions
from votes.keepers import actions, server_keys, views_desk
from votes.keepers import rules as keepers_rules
from votes.life import actions as life_actions
from votes.models import Keeper, OpenedBallot, Poll, ReceiptCode, SecretVoterRecord, State
from votes.opening import actions as opening_actions

SECRET = Poll.Secrecy.SECRET


def public(key):
    return key.public_key().public_bytes_raw()


@pytest.fixture
def draft(officer, department):
    return factories.poll(
        officer, department, State.DRAFT, secrecy=SECRET, keeping=Poll.Keeping.PEOPLE
    )


@pytest.fixture
def keys():
    return [X25519PrivateKey.generate(), X25519PrivateKey.generate()]


def keep(draft, officer, keys):
    """Both have made their keys and tried their files."""
    for key in keys:
        actions.add_keeper(draft, by=officer, name="Секретар", public_key=public(key))
    Keeper.objects.filter(poll=draft).update(proved_at="2026-11-01T10:00Z")


def announced(draft, officer, keys):
    keep(draft, officer, keys)
    return electorate_actions.freeze(life_actions.schedule(draft, by=officer))


def code_of(refused):
    return refused.value.verdict.code


@pytest.mark.django_db
def test_a_key_is_made_and_tried_at_the_desk_before_the_announcement(client, draft, officer, keys):
    client.force_login(officer)
    page = f"/desk/polls/{draft.pk}/keepers/"
    for number, key in enumerate(keys, 1):
        with pytest.raises(Refused) as refused:
            life_actions.schedule(draft, by=officer)
        assert code_of(refused) == "poll.no_keepers"
        sent = {"name": "Секретар", "public_key": public(key).hex()}
        assert client.post(page, sent).status_code == 302
        keeper = Keeper.objects.get(poll=draft, place=number)
        assert keeper.fingerprint in client.get(page).text
        (row,) = [row for row in client.get(page).context["rows"] if row["keeper"] == keeper]
        attempt = f"{page}{keeper.pk}/try/"
        wrong = {"challenge": row["challenge"], "answer": "0" * 32}
        assert client.post(attempt, wrong).status_code == 422
        word = HPKE.decrypt(bytes.fromhex(row["sealed"]), key, INFO).decode()
        assert client.post(attempt, wrong | {"answer": word}).status_code == 302
    third = {"name": "Третій", "public_key": public(X25519PrivateKey.generate()).hex()}
    assert client.post(page, third).status_code == 422
    life_actions.schedule(draft, by=officer)
    assert keeper.fingerprint in client.get(f"/polls/{draft.pk}/").text
    entry = AuditEntry.objects.filter(event__endswith="KeeperAdded").latest("pk")
    assert entry.ids["fingerprint"] == keeper.fingerprint


@pytest.mark.django_db
def test_the_public_half_that_the_command_printed_is_typed_in(client, draft, officer, tmp_path):
    client.force_login(officer)
    page, out = f"/desk/polls/{draft.pk}/keepers/", io.StringIO()
    (form,) = html.fromstring(client.get(page).text).xpath("//form[@data-make-key]")
    (field,) = form.xpath(".//details//input[@name='public_key'][not(@type='hidden')]")
    assert form.xpath(".//details//button[not(@hidden)]")
    call_command("keeper_key", tmp_path / "key.json", poll=draft.pk, stdout=out)
    printed, fingerprint = out.getvalue().split("\n")[:2]
    sent = {"name": "Секретар", field.name: printed}
    assert client.post(page, sent | {field.name: printed[:-1]}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert Keeper.objects.get(poll=draft).fingerprint == fingerprint


@pytest.mark.django_db
def test_a_key_that_a_colleague_has_discarded_is_refused_and_removed_once(
    client, draft, officer, keys
):
    keeper = actions.add_keeper(draft, by=officer, name="Секретар", public_key=public(keys[0]))
    for _twice in range(2):
        actions.remove_keeper(keeper, by=officer)
    with pytest.raises(Refused) as refused:
        actions.prove_keeper(keeper, by=officer, challenge="", answer="")
    assert code_of(refused) == "keeper.gone"
    assert AuditEntry.objects.filter(event__endswith="KeeperRemoved").count() == 1


@pytest.mark.django_db
def test_keys_that_go_with_a_change_of_who_keeps_them_are_in_the_audit(draft, officer, keys):
    keep(draft, officer, keys)
    life_actions.change(draft, by=officer, fields={"keeping": Poll.Keeping.SERVER})
    assert not Keeper.objects.filter(poll=draft).exists()
    assert AuditEntry.objects.filter(event__endswith="KeeperRemoved").count() == 2


@pytest.mark.django_db
def test_who_may_open_is_offered_it_and_told_what_came_between(
    client, draft, officer, department, keys
):
    poll = announced(draft, officer, keys)
    factories.end(poll)
    page, link = f"/desk/polls/{poll.pk}/", f"/desk/polls/{poll.pk}/opening/"
    secretary = house.user("secretary", role="secretary", department=department)
    for person in (officer, secretary):
        client.force_login(person)
        assert (link in client.get(page).text) is (person is officer)
    for verdict in (keepers_rules.OPENED, rules.CANCELLED, rules.OTHER_KEY):
        assert views_desk._word_meaning(verdict.code) == str(verdict.message)


@pytest.mark.django_db
def test_no_key_twice_and_none_after_the_announcement(draft, officer, keys):
    for bad in (bytes(32), b"short"):
        with pytest.raises(Refused) as refused:
            actions.add_keeper(draft, by=officer, name="", public_key=bad)
        assert code_of(refused) == "keeper.malformed"
    poll = announced(draft, officer, keys)
    with pytest.raises(Refused) as refused:
        actions.remove_keeper(poll.keepers.first(), by=officer)
    assert code_of(refused) == "poll.scheduled"
    for change in (
        lambda: Keeper.objects.filter(poll=poll, place=1).update(public_key=b"x" * 32),
        lambda: Keeper.objects.filter(poll=poll).delete(),
        lambda: Keeper.objects.create(poll=poll, place=3, public_key=b"y" * 32),
    ):
        with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_each_opens_alone_and_once(draft, officer, keys, olena, bohdan):
    poll = announced(draft, officer, keys)
    codes = {factories.cast_secretly(poll, person) for person in (olena, bohdan)}
    with pytest.raises(Refused) as refused:
        opening_actions.open_boxes(poll, keys[0])
    assert code_of(refused) == "poll.still_open"
    factories.end(poll)
    with pytest.raises(Refused) as refused:
        opening_actions.open_boxes(poll, X25519PrivateKey.generate())
    assert code_of(refused) == "keeper.other_key"
    opening_actions.open_boxes(poll, keys[1])  # the first file is lost
    assert set(ReceiptCode.objects.values_list("code", flat=True)) == codes
    assert OpenedBallot.objects.count() == 2
    with pytest.raises(Refused) as refused:
        opening_actions.open_boxes(poll, keys[0])
    assert code_of(refused) == "poll.opened"
    assert life_actions.publish(poll, by=officer).counted["ballots"] == 2


@pytest.mark.django_db
def test_boxes_that_do_not_open_are_a_public_number(client, draft, officer, keys, olena, bohdan):
    poll = announced(draft, officer, keys)
    factories.cast_secretly(poll, olena)
    factories.cast_secretly(poll, bohdan)
    records = SecretVoterRecord.objects.filter(poll=poll)
    box = bytes(records.get(user=olena).box)
    records.filter(user=bohdan).update(box=box)  # one copied over another
    factories.end(poll)
    poll = opening_actions.open_boxes(poll, keys[0])
    assert poll.unopened == 1
    with pytest.raises(Refused) as refused:
        life_actions.publish(poll, by=officer)
    assert code_of(refused) == "poll.unopened"
    client.force_login(officer)
    assert client.get(f"/desk/polls/{poll.pk}/unopened/").status_code == 200
    sent = {"unopened_reason": "Один бюлетень пошкоджено."}
    assert client.post(f"/desk/polls/{poll.pk}/unopened/", sent).status_code == 302
    assert "Один бюлетень пошкоджено." in client.get(f"/polls/{poll.pk}/results/").text


@pytest.mark.django_db
def test_numbers_that_differ_are_never_published(draft, officer, keys, olena):
    poll = announced(draft, officer, keys)
    factories.cast_secretly(poll, olena)
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    more = SecretVoterRecord(poll=poll, number=99, user=house.user("late"))
    with transaction.atomic():
        more.save(force_insert=True)
        with pytest.raises(Refused) as refused:
            life_actions.publish(poll, by=officer)
        transaction.set_rollback(True)
    assert code_of(refused) == "poll.numbers_differ", "more records than were written down"
    OpenedBallot.objects.create(poll=poll, place=99, choices=factories.choose(poll))
    with pytest.raises(Refused) as refused:
        life_actions.publish(poll, by=officer, unopened_reason="Так треба")
    assert code_of(refused) == "poll.numbers_differ"


@pytest.mark.django_db(transaction=True)
@pytest.mark.cpu(12)
def test_the_file_goes_through_a_pipe_to_a_process_of_its_own(
    client, draft, officer, keys, olena, monkeypatch
):
    monkeypatch.setitem(os.environ, "DATABASE_URL", database_url())
    poll = announced(draft, officer, keys)
    factories.cast_secretly(poll, olena)
    client.force_login(officer)
    page = f"/desk/polls/{poll.pk}/opening/"
    assert client.get(page).status_code == 200
    factories.end(poll)

    def send(content):
        file = SimpleUploadedFile("key.json", content)
        return client.post(page, {"file": file, "same": "on"})

    assert send(b"{}").status_code == 422
    assert not Poll.objects.get(pk=poll.pk).opening_at
    assert send(write_key_file(keys[0], poll.pk, poll.title).encode()).status_code == 302
    poll.refresh_from_db()
    assert poll.opened_at
    assert OpenedBallot.objects.filter(poll=poll).count() == 1


@pytest.mark.django_db
def test_the_servers_own_key(officer, department, olena, settings, tmp_path):
    keeping = {"secrecy": SECRET, "keeping": Poll.Keeping.SERVER}
    poll = factories.poll(officer, department, State.DRAFT, **keeping)
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    Keeper.objects.filter(poll=poll).delete()
    with pytest.raises(Refused) as refused:
        life_actions.schedule(poll, by=officer)
    assert code_of(refused) == "poll.no_server_key"
    call_command("ballot_keys", once=True)
    (file,) = settings.BALLOT_KEYS_ROOT.iterdir()
    assert (file.stat().st_mode & 0o777, len(file.read_bytes())) == (0o600, 32)
    poll = electorate_actions.freeze(life_actions.schedule(poll, by=officer))
    factories.cast_secretly(poll, olena)
    factories.end(poll)
    server_keys.tend()
    poll.refresh_from_db()
    assert poll.opened_at
    assert file.exists(), "no standby has it: until a dump was copied"
    settings.BALLOT_KEYS_ROOT = tmp_path / "elsewhere"
    with pytest.raises(CommandError, match="is not in"):
        call_command("ballot_keys", destroy=poll.pk)
    assert not Poll.objects.get(pk=poll.pk).key_destroyed_at
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    call_command("ballot_keys", destroy=poll.pk)
    assert not file.exists()
    assert Poll.objects.get(pk=poll.pk).key_destroyed_at


@pytest.mark.django_db
def test_a_key_that_people_keep_is_not_destroyed_here(draft, officer, keys):
    poll = announced(draft, officer, keys)
    factories.end(poll)
    opening_actions.open_boxes(poll, keys[0])
    with pytest.raises(CommandError, match="people keep"):
        call_command("ballot_keys", destroy=poll.pk)
    assert not Poll.objects.get(pk=poll.pk).key_destroyed_at


@pytest.mark.django_db(transaction=True)
def test_the_key_is_destroyed_when_every_standby_has_what_followed(
    officer,
    department,
    settings,
    tmp_path,
    programs,
    caplog,
):
    """What receives the log is known to PostgreSQL as a standby is, and its slot too."""
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    poll = factories.poll(officer, department, State.CLOSED, secrecy=SECRET)

    def sql(*statements):
        with connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)

    def is_destroyed():
        server_keys.tend()
        return Poll.objects.get(pk=poll.pk).key_destroyed_at is not None

    assert not is_destroyed()
    server_keys.probe()
    assert "not all standbys have what followed" in caplog.text
    (tmp_path / "log").mkdir()
    receive = ["pg_receivewal", "-D", str(tmp_path / "log"), "--synchronous", "-d", database_url()]
    sql("SELECT pg_create_physical_replication_slot('viche_off', true)")
    with subprocess.Popen(receive, env=os.environ | {"PATH": programs}) as standby:
        try:
            until(lambda: server_keys.standbys_have(poll) or connected())
            assert not is_destroyed(), "the other standby is switched off"
            sql("SELECT pg_drop_replication_slot('viche_off')", "CREATE ROLE viche_blind")
            sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO viche_blind", "SET ROLE viche_blind")
            assert not is_destroyed(), "it may not see what the standby has"
            sql("RESET ROLE")
            until(is_destroyed)
        finally:
            standby.terminate()
            sql("RESET ROLE", "DROP OWNED BY viche_blind", "DROP ROLE viche_blind")


def connected():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_key_that_cannot_be_read_is_told(officer, department, settings, tmp_path, caplog):
    settings.BALLOT_KEYS_ROOT = tmp_path
    poll = factories.poll(officer, department, secrecy=SECRET)
    assert server_keys.probe() == []
    (file,) = tmp_path.iterdir()
    file.unlink()
    assert server_keys.probe() == [poll.pk]
    factories.end(poll)
    server_keys.tend()
    assert not Poll.objects.get(pk=poll.pk).opening_at
    life_actions.cancel(poll, by=officer, reason="Ключ утрачено.")
    server_keys.tend()
    assert not Poll.objects.get(pk=poll.pk).key_destroyed_at
    server_keys.probe()
    assert "is not destroyed: not here" in caplog.text


@pytest.mark.django_db
def test_a_poll_whose_key_cannot_be_made_keeps_no_other_from_its_opening(
    officer, department, settings, tmp_path, caplog
):
    settings.BALLOT_KEYS_ROOT = tmp_path / "keys"
    closed = factories.poll(officer, department, secrecy=SECRET)
    factories.end(closed)
    draft = factories.poll(officer, department, State.DRAFT, secrecy=SECRET)
    Keeper.objects.filter(poll=draft).delete()
    lost = factories.poll(officer, department, secrecy=SECRET)
    factories.end(lost)
    keys = {int(each.name.partition("-")[0]): each for each in (tmp_path / "keys").iterdir()}
    keys[lost.pk].unlink()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:  # the disk is full
        server_keys.tend()
    finally:
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
    assert Poll.objects.get(pk=closed.pk).opened_at
    assert f"key is not made of poll {draft.pk}" in caplog.text
    assert f"boxes are not opened of poll {lost.pk}" in caplog.text


@pytest.mark.django_db
def test_files_of_keys_that_are_no_keepers_are_swept(officer, department, settings, tmp_path):
    settings.BALLOT_KEYS_ROOT = tmp_path
    poll = factories.poll(officer, department, secrecy=SECRET)
    (kept,) = tmp_path.iterdir()
    dropped, of_others, new = (
        tmp_path / f"{pk}-{name}.key" for pk, name in ((poll.pk, "a"), (10**9, "b"), (poll.pk, "c"))
    )
    for path in (dropped, of_others, new):
        path.write_bytes(bytes(32))
    for path in (kept, dropped, of_others):
        os.utime(path, (0, 0))
    call_command("ballot_keys", once=True)
    assert set(tmp_path.iterdir()) == {kept, of_others, new}
