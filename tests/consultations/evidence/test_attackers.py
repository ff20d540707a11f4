"""Who could falsify the record, and what finds it: the site's role of the database, its owner, and
the program at the moment of writing. (Whoever holds a bundle: test_verify.py.)"""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import call_command

from consultations.dispositions import actions as dispositions
from consultations.evidence.notices import count_notices
from consultations.models import Disposition, Remark
from consultations.remarks import actions
from core.audit_log.beginning import begin_record
from core.audit_log.chaining import chain_entries, digest_of, find_head, leaves_of, link_line
from core.audit_log.checking import faults
from core.domain import clock
from core.domain.chain import BEGINNING, canonical, fingerprint
from core.models import AuditCut, AuditEntry, AuditLink, AuditRecord
from discussions.models import Comment
from notifications.models import Sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(opened, olena, ofi):
    """A remark that was rejected, in a chain of three links."""
    begin_record()
    chain_entries()
    made = actions.remark(opened, by=olena, text="Тут бракує ліхтаря")
    chain_entries()
    dispositions.settle(made, by=ofi, kind="rejected", reason="Ліхтарі є.")
    dispositions.approve(made, by=ofi)
    chain_entries()
    assert list(faults()) == []
    return Remark.objects.get(pk=made.pk)


def _accept() -> AuditRecord:
    """The falsified table, and the row that would agree with it; it is not stored."""
    Disposition.objects.update(kind="accepted")
    row = AuditRecord.objects.filter(kind="disposition").latest("pk")
    row.line = row.line.replace('"rejected"', '"accepted"')
    row.sha256, row.pk = fingerprint(row.line), None
    row._state.adding = True
    return row


def _invent(row: AuditRecord, **said) -> AuditEntry:
    """An entry of the attacker's own that names the row, and the row."""
    entry = AuditEntry.objects.create(
        event="DispositionApproved",
        **{"ids": {"record": [row.sha256]}, "at": clock.now(), **said},
    )
    row.entry = entry.pk
    row.save()
    return entry


def row_of_no_entry(decided):
    _accept().save()


def row_of_an_entry_that_is_not_there(decided):
    row = _accept()
    row.entry = 10**9
    row.save()


def line_that_was_not_hashed(decided):
    row = _accept()
    row.sha256 = AuditRecord.objects.filter(kind="disposition").latest("pk").sha256
    row.save()


def entry_dated_back(decided):
    _invent(_accept(), at=clock.now() - timedelta(days=20))
    chain_entries()


def entry_below_what_is_chained(decided):
    _invent(_accept(), pk=AuditEntry.objects.earliest("pk").pk - 1)


def entry_that_names_no_row(decided):
    AuditEntry.objects.create(event="Test", ids={"record": ["0" * 64]}, at=clock.now())


def link_of_entries_that_are_not_there(decided):
    head = find_head()
    ids = [head.reached + 1]
    body = link_line(head.number + 1, at=clock.now(), ids=ids, leaves=[], previous=head.hash)
    AuditLink.objects.create(
        number=head.number + 1,
        first=ids[0],
        last=ids[0],
        reached=ids[0],
        until=clock.now(),
        at=clock.now().replace(microsecond=0),
        salt=b"",
        body=body,
        previous=head.hash,
        hash=fingerprint(body),
    )


def cut_that_never_was(decided):
    link = AuditLink.objects.get(number=2)
    AuditCut.objects.create(
        day=clock.now().date(), number=2, reached=link.reached, head=link.hash, at=clock.now()
    )


def decision_on_a_remark_that_has_none(decided):
    Disposition.objects.all().delete()


def another_decision_entered_today(decided):
    _invent(_accept())
    chain_entries()


def remark_invented_today(decided):
    """With the rows that the program writes, written by hand: as if the program had done it."""
    actions.remark(decided.consultation, by=decided.comment.author, text="Ліхтарів забагато")
    chain_entries()


def mail_deleted_before_its_hour_is_counted(decided):
    """A notice is recorded by the hour: until then its row is all that tells of it."""
    event = f"consultations/opened:consultation:{decided.consultation_id}"
    Sent.objects.create(user=decided.comment.author, event=event).delete()


#: What is done with the site's role, and the words of what finds it; "": nothing does.
SITE = {
    row_of_no_entry: "no entry says what it says",
    row_of_an_entry_that_is_not_there: "no entry says what it says",
    line_that_was_not_hashed: "no entry says what it says",
    entry_dated_back: "is dated before others",
    entry_below_what_is_chained: "slipped in below what is chained",
    entry_that_names_no_row: "rows of record that it names are missing",
    link_of_entries_that_are_not_there: "entries were chained, 0 are there",
    cut_that_never_was: "though a row says that they were cut",
    decision_on_a_remark_that_has_none: "it was recorded, and is missing",
    another_decision_entered_today: "",
    remark_invented_today: "",
    mail_deleted_before_its_hour_is_counted: "",
}


@pytest.mark.parametrize("attack", SITE, ids=lambda attack: attack.__name__)
def test_the_sites_role(decided, attack):
    attack(decided)
    told = list(faults())
    if SITE[attack]:
        assert any(SITE[attack] in fault for fault in told), told
    else:
        assert told == []


def test_a_mail_deleted_after_its_hour_stays_counted(decided, clock):
    """Deleting its row by the site's role takes nothing from the record, and is no fault: after its
    term, and with an account, such rows go."""
    event = f"consultations/opened:consultation:{decided.consultation_id}"
    sent = Sent.objects.create(user=decided.comment.author, event=event)
    clock.advance(hours=2)
    assert count_notices() == 1
    sent.delete()
    assert count_notices() == 0
    chain_entries()
    assert list(faults()) == []
    (row,) = AuditRecord.objects.filter(kind="notice")
    assert json.loads(row.line)["facts"]["counts"] == {"consultations/opened": 1}


def test_what_the_sites_role_adds_does_not_take_away_what_was(decided):
    another_decision_entered_today(decided)
    said = AuditRecord.objects.filter(kind="disposition").order_by("pk")
    assert [json.loads(row.line)["facts"]["kind"] for row in said] == ["rejected", "accepted"]


def _rewrite(decided) -> None:
    """Everything, as the owner can: the row, its entry, and all links from there on."""
    row = AuditRecord.objects.filter(kind="disposition").latest("pk")
    other = _accept()
    entry = AuditEntry.objects.get(pk=row.entry)
    AuditEntry.objects.filter(pk=entry.pk).update(ids={**entry.ids, "record": [other.sha256]})
    AuditRecord.objects.filter(pk=row.pk).update(line=other.line, sha256=other.sha256)
    previous = BEGINNING
    for link in AuditLink.objects.order_by("number"):
        said = json.loads(link.body)
        entries = AuditEntry.objects.filter(pk__range=(link.first, link.last)).order_by("pk")
        said |= {"leaves": digest_of(leaves_of(entries, link.salt)), "previous": previous}
        body = canonical(said)
        AuditLink.objects.filter(pk=link.pk).update(
            body=body, previous=previous, hash=fingerprint(body)
        )
        previous = fingerprint(body)


OWNER = {
    "row": (
        lambda row: AuditRecord.objects.filter(pk=row.pk).update(
            line=row.line.replace("rejected", "accepted")
        ),
        "no entry says what it says",
    ),
    "row-and-hash": (
        lambda row: AuditRecord.objects.filter(pk=row.pk).update(
            line="{}", sha256=sha256(b"{}").hexdigest()
        ),
        "no entry says what it says",
    ),
    "row-and-entry": (
        lambda row: (
            AuditRecord.objects.filter(pk=row.pk).update(
                line="{}", sha256=sha256(b"{}").hexdigest()
            ),
            AuditEntry.objects.filter(pk=row.entry).update(
                ids={"record": [sha256(b"{}").hexdigest()]}
            ),
        ),
        "is not what was chained",
    ),
    "no-row": (
        lambda row: AuditRecord.objects.filter(pk=row.pk).delete(),
        "rows of record that it names are missing",
    ),
    "no-entry": (
        lambda row: AuditEntry.objects.filter(pk=row.entry).delete(),
        "entries were chained",
    ),
    "entry-dated-back": (
        lambda row: AuditEntry.objects.filter(pk=row.entry).update(
            at=clock.now() - timedelta(days=9)
        ),
        "is not what was chained",
    ),
    "no-link": (lambda row: AuditLink.objects.filter(number=2).delete(), "link 2 is missing"),
}


@pytest.mark.parametrize("name", OWNER)
def test_the_owner_who_does_half_of_it(decided, name):
    act, words = OWNER[name]
    act(AuditRecord.objects.filter(kind="disposition").latest("pk"))
    assert any(words in fault for fault in faults())


def test_the_owner_who_rewrites_everything_is_found_by_a_kept_head(decided, capsys):
    kept = find_head()
    _rewrite(decided)
    assert list(faults()) == []
    with pytest.raises(SystemExit):
        call_command("verify_audit", head=f"{kept.number}:{kept.hash}")
    assert "has another hash than the kept head" in capsys.readouterr().out


def test_the_owner_who_cuts_the_end_off_is_found_by_a_kept_head(decided, capsys):
    kept = find_head()
    Disposition.objects.all().delete()
    AuditRecord.objects.filter(kind="disposition").delete()
    last = AuditLink.objects.get(number=kept.number)
    AuditEntry.objects.filter(pk__range=(last.first, last.last)).delete()
    last.delete()
    assert list(faults()) == []
    with pytest.raises(SystemExit):
        call_command("verify_audit", head=f"{kept.number}:{kept.hash}")
    assert "of the kept head is not there" in capsys.readouterr().out


def test_the_program_that_writes_what_is_false_is_not_found(opened, olena):
    """It enters what it is told; the page of the evidence says so."""
    begin_record()
    made = actions.remark(opened, by=olena, text="Олена цього не казала")
    chain_entries()
    assert list(faults()) == []
    assert Comment.objects.get(pk=made.pk).author == olena
