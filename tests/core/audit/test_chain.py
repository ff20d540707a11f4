"""The audit log's chain: batches, late commits, faults by name, days that are past their term."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.audit_log import chaining, trimming
from core.audit_log.checking import Verified, faults
from core.audit_log.records import Thing
from core.domain import clock as time
from core.domain.actions import action
from core.domain.audit import enter
from core.domain.chain import fingerprint
from core.models import AuditCut, AuditEntry, AuditLink, AuditRecord, KeptEntry

pytestmark = pytest.mark.django_db


def entries(number: int, **ids: int) -> list[AuditEntry]:
    now = time.now()  # a column's default is PostgreSQL's own clock
    return [
        AuditEntry.objects.create(event="Test", actor=5, ids=ids, at=now) for _ in range(number)
    ]


def test_each_run_chains_what_is_new(monkeypatch):
    monkeypatch.setattr(chaining, "BATCH", 3)
    assert chaining.chain_entries() == 0
    entries(7)
    assert chaining.chain_entries() == 3
    entries(1)
    assert chaining.chain_entries() == 1
    first, *_others, last = AuditLink.objects.order_by("number")
    assert (first.number, last.number) == (1, 4)
    assert first.previous == "0" * 64
    assert [json.loads(link.body)["entries"] for link in (first, last)] == [3, 1]
    verified = Verified()
    assert list(faults(verified)) == []
    assert (verified.entries, verified.links, verified.head) == (8, 4, last.hash)


def test_anybody_can_check_a_shown_entry_without_this_program():
    made = entries(3, poll_id=7)
    chaining.chain_entries()
    link = AuditLink.objects.get()
    said = json.loads(link.body)
    assert sha256(link.body.encode()).hexdigest() == link.hash
    leaves = chaining.leaves_of(made, bytes(link.salt))
    assert sha256("\n".join(leaves).encode()).hexdigest() == said["leaves"]
    line = chaining.entry_line(made[1], bytes(link.salt))
    assert sha256(line.encode()).hexdigest() == leaves[1]
    assert json.loads(line)["ids"] == {"poll_id": 7}
    nonce = hmac.new(bytes(link.salt), str(made[1].pk).encode(), sha256).hexdigest()
    assert json.loads(line)["nonce"] == nonce
    assert json.loads(line)["actor"] not in (5, "5")
    assert set(said) == {"at", "entries", "ids", "leaves", "number", "previous"}


def test_what_was_numbered_earlier_and_committed_later_is_chained_too():
    early, _late, later = entries(3)
    AuditEntry.objects.filter(pk=early.pk + 1).delete()  # its transaction has not ended
    chaining.chain_entries()
    assert json.loads(AuditLink.objects.get().body)["ids"] == [[early.pk] * 2, [later.pk] * 2]
    AuditEntry.objects.create(pk=early.pk + 1, event="Late")
    assert list(faults()) == []
    assert chaining.chain_entries() == 1
    second = AuditLink.objects.get(number=2)
    assert (second.first, second.last, second.reached) == (early.pk + 1, early.pk + 1, later.pk)
    assert chaining.chain_entries() == 0
    entries(1)
    assert chaining.chain_entries() == 1
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE audit.entry SET actor = 6 WHERE id = %(entry)s", "is not what was chained"),
        ("UPDATE audit.entry SET at = at + interval '1 s' WHERE id = %(entry)s", "is not what"),
        ("DELETE FROM audit.entry WHERE id = %(entry)s", "missing: %(entry)s"),
        ("DELETE FROM audit.link WHERE number = 2", "link 2 is missing"),
        (
            "UPDATE audit.link SET body = replace(body, ':3,', ':2,') WHERE number = 2",
            "not the one",
        ),
        ("UPDATE audit.link SET salt = 'x' WHERE number = 1", "is not what was chained"),
        ("UPDATE audit.link SET first = 0 WHERE number = 1", "its columns"),
        (
            "INSERT INTO audit.entry (id, event, ids) VALUES (%(entry)s - 5, 'New', '{}')",
            "slipped in",
        ),
    ],
)
def test_a_change_is_found(change, fault, monkeypatch):
    monkeypatch.setattr(chaining, "BATCH", 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('audit.entry', 'id'), 1000)")
        made = entries(9)
        chaining.chain_entries()
        assert list(faults()) == []
        values = {"entry": made[1].pk}
        cursor.execute(change % values)
    found = list(faults())
    assert any(fault % values in one for one in found), found


def test_a_chain_that_was_made_anew_is_found_by_a_head_that_somebody_kept(capsys, monkeypatch):
    monkeypatch.setattr(chaining, "BATCH", 2)
    made = entries(4)
    chaining.chain_entries()
    kept = AuditLink.objects.get(number=1)
    call_command("verify_audit", head=f"1:{kept.hash}")
    assert (
        "4 entries in 2 links and the record of 0 procedures hold; head " in capsys.readouterr().out
    )
    AuditLink.objects.all().delete()
    made[0].delete()
    chaining.chain_entries()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", head=f"1:{kept.hash}")
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out == "link 1 has another hash than the kept head\n"
    assert told.err == "1 faults\n"
    with pytest.raises(CommandError, match="takes a number and a hash"):
        call_command("verify_audit", head="yesterday")


def test_a_job_that_does_not_run_is_a_fault(clock):
    entries(1)
    assert list(faults()) == []
    clock.advance(hours=1)
    (fault,) = faults()
    assert "the job does not run" in fault


def test_whole_days_past_their_term_go_and_the_head_before_them_stays(clock, settings, capsys):
    settings.RETENTION = {**settings.RETENTION, "trace": timedelta(days=10)}
    for _day in range(4):
        entries(2)
        chaining.chain_entries()
        clock.advance(days=1)
    assert trimming.trim() is None
    clock.advance(days=8)
    second = AuditLink.objects.get(number=2)
    day = time.now() - timedelta(days=10)
    cut = trimming.trim()
    assert (cut.number, cut.head, cut.day) == (2, second.hash, day.astimezone().date())
    assert AuditEntry.objects.filter(event="Test").count() == 4
    assert not AuditEntry.objects.filter(event="Test", at__date__lt=cut.day).exists()
    (own,) = AuditEntry.objects.filter(event=trimming.TRIMMED)
    assert (own.ids["link"], own.ids["head"]) == (2, second.hash)
    chaining.chain_entries()
    assert list(faults()) == []
    call_command("verify_audit", head=f"2:{second.hash}")
    assert "head" in capsys.readouterr().out
    clock.advance(days=100)
    assert trimming.trim().number == 4  # the newest link stays
    assert AuditCut.objects.count() == 2
    assert list(faults()) == []


def test_what_0_5_0_cut_together_with_its_links_is_where_the_chain_begins():
    """Until then links went with their entries: the row of the cut holds the head before the first
    that is there."""
    for _link in range(3):
        entries(2)
        chaining.chain_entries()
    first, second, third = AuditLink.objects.order_by("number")
    AuditEntry.objects.filter(pk__lte=second.last).delete()
    AuditLink.objects.filter(number__lte=2).delete()
    assert "link 1 is missing" in " ".join(faults())
    for link in (first, second):
        AuditCut.objects.create(
            day=time.now().date(),
            number=link.number,
            reached=link.reached,
            head=link.hash,
        )
    verified = Verified()
    assert list(faults(verified)) == []
    assert (verified.links, verified.head) == (1, third.hash)
    entries(1)
    chaining.chain_entries()
    assert list(faults()) == []
    AuditCut.objects.filter(number=2).update(head=first.hash)
    assert list(faults())  # what follows continues another head
    AuditCut.objects.filter(number=2).update(head=second.hash)
    AuditLink.objects.all().delete()
    AuditEntry.objects.all().delete()
    assert list(faults()) == []  # nothing was chained since


def test_entries_that_prove_something_are_kept_opened(clock, settings):
    settings.RETENTION = {**settings.RETENTION, "trace": timedelta(days=10)}
    said = Thing("test:12", "number", 5, {"number": 1})
    with action():
        enter("Test", by_id=7, ids={"consultation_id": 12}, rows=[said])
    entries(2)
    chaining.chain_entries()
    clock.advance(days=20)
    entries(1)
    chaining.chain_entries()
    assert trimming.trim().number == 1
    (kept,) = KeptEntry.objects.all()
    ids = {"consultation_id": 12, "record": [fingerprint(said.line)]}
    assert (json.loads(kept.line)["ids"], kept.link) == (ids, 1)
    assert AuditRecord.objects.get().entry == kept.pk
    chaining.chain_entries()
    assert list(faults()) == []
    AuditEntry.objects.create(event="Test", pk=kept.pk)
    assert "though a row says that they were cut" in " ".join(faults())
    AuditEntry.objects.get(pk=kept.pk).delete()
    KeptEntry.objects.update(line=kept.line.replace("12", "13"))
    assert "the kept entry" in " ".join(faults())


def test_a_kept_entry_that_goes_with_its_rows_is_found(clock, settings):
    settings.RETENTION = {**settings.RETENTION, "trace": timedelta(days=10)}
    for number in (1, 2):
        with action():
            said = Thing("test:12", "number", number, {"number": number})
            enter("Test", by_id=7, ids={}, rows=[said])
    chaining.chain_entries()
    clock.advance(days=20)
    entries(1)
    chaining.chain_entries()
    trimming.trim()
    chaining.chain_entries()
    assert list(faults()) == []
    gone = KeptEntry.objects.latest("entry")
    AuditRecord.objects.filter(entry=gone.entry).delete()
    assert "rows of record that it names are missing" in " ".join(faults())
    gone.delete()
    assert "other entries were kept" in " ".join(faults())


def test_with_two_roles_the_job_leaves_it_to_the_owner():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE viche_of_the_job; SET LOCAL ROLE viche_of_the_job")
        assert not trimming.can_trim()
