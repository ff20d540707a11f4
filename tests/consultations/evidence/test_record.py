"""What is published or decided leaves a row of record; the tables are compared with the rows."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection

from accounts.data.actions import erase
from consultations.checklist.events import ProcedureAnswered
from consultations.checklist.models import ProcedureAnswers
from consultations.decisions.events import DecisionEntered
from consultations.dispositions import actions as dispositions
from consultations.life import actions as life_actions
from consultations.models import Consultation, DateChange, Decision, Disposition, Remark
from consultations.papers import actions as papers_actions
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as remarks_actions
from core.audit_log import comparing
from core.audit_log.beginning import begin_record
from core.audit_log.checking import faults
from core.domain.actions import action
from core.domain.events import emit
from core.models import AuditEntry, AuditRecord
from discussions import actions as discussion
from discussions.models import Comment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(opened):
    begin_record()
    return opened


def of(consultation) -> str:
    return f"consultation:{consultation.pk}"


def last(consultation, kind: str, number: int) -> dict:
    rows = AuditRecord.objects.filter(of=of(consultation), kind=kind, number=number)
    return json.loads(rows.latest("pk").line)


def found(consultation) -> list[str]:
    """What the comparison of everything tells of it."""
    return [line for line in comparing.find_all_faults() if line.startswith(of(consultation))]


def test_an_announcement_enters_all_that_is_there(preparing, ofi):
    papers_actions.add_link(preparing, by=ofi, title="Карта", url="https://viche.example/karta")
    assert not AuditRecord.objects.exists()
    made = life_actions.announce(preparing, by=ofi)
    entry = AuditEntry.objects.get(event="ConsultationAnnounced")
    rows = AuditRecord.objects.filter(entry=entry.pk)
    assert {row.kind for row in rows} == {"announcement", "version", "link"}
    assert entry.ids == {
        "consultation_id": made.pk,
        "record": sorted(row.sha256 for row in rows),
    }
    assert entry.actor == ofi.pk
    assert found(made) == []


def test_a_link_reads_no_file_again(begun, ofi):
    """Under the consultation's lock: of what was uploaded the record has the hash."""
    file = papers_actions.attach(begun, by=ofi, title="Записка", file=BytesIO(b"%PDF-1.7\n%%EOF\n"))
    said = last(begun, "attachment", file.pk)
    file.file.storage.delete(file.file.name)
    papers_actions.add_link(begun, by=ofi, title="Карта", url="https://viche.example/karta")
    assert last(begun, "attachment", file.pk) == said
    assert AuditRecord.objects.filter(kind="attachment").count() == 1
    # Whether it is still what was uploaded, the comparison of everything says.
    assert found(begun) == [f"{of(begun)}: attachment {file.pk}: it is not what was recorded"]


def test_words_names_and_contacts_are_in_no_row(begun, olena, ofi):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    for line in AuditRecord.objects.values_list("line", flat=True):
        for words in ("ліхтаря", olena.public_name, begun.contact_person, begun.title):
            assert words not in line
    row = last(begun, "remark", made.pk)
    posted = AuditEntry.objects.get(event="CommentPosted")
    assert row["texts"]["words"] == posted.ids["words"]
    assert set(row["texts"]) == {"account", "name", "words"}


def test_each_act_leaves_its_row(begun, olena, mo, ofi):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    given = remarks_actions.answer(made, by=ofi, text="Поставимо")
    assert last(begun, "remark", given.pk)["facts"]["official"] is True
    discussion.edit(made.comment, by=olena, text="Тут бракує двох ліхтарів")
    discussion.hide(made.comment, by=mo, reason="spam", note="Реклама")
    assert last(begun, "remark", made.pk)["facts"]["hidden"] == "hidden"
    discussion.restore(made.comment, by=mo)
    number_remarks(of=begun.pk)
    assert last(begun, "number", made.pk)["facts"] == {"number": 1}
    dispositions.settle(made, by=ofi, kind="rejected", reason="Ліхтарі є.")
    assert not AuditRecord.objects.filter(kind="disposition").exists()
    dispositions.approve(made, by=ofi)
    assert last(begun, "disposition", made.pk)["facts"]["kind"] == "rejected"
    change = life_actions.change_dates(
        begun,
        by=ofi,
        opens_on=begun.opens_on,
        last_day=begun.last_day + timedelta(days=7),
        reason="Більше часу.",
    )
    assert last(begun, "dates", change.pk)["facts"]["new_closes_at"]
    file = papers_actions.attach(begun, by=ofi, title="Записка", file=BytesIO(b"%PDF-1.7\n%%EOF\n"))
    assert len(last(begun, "attachment", file.pk)["facts"]["sha256"]) == 64
    file_id = file.pk
    papers_actions.detach(file, by=ofi)
    assert last(begun, "attachment", file_id)["gone"] == "removed"
    assert found(begun) == []
    discussion.delete(made.comment, by=olena)
    assert last(begun, "remark", made.pk)["gone"] == "taken_back"
    assert last(begun, "disposition", made.pk)["gone"] == "not_public"
    assert found(begun) == []


def test_an_erasure_takes_names_and_leaves_the_words_provable(begun, olena):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    erase(olena, by=olena)
    row = last(begun, "remark", made.pk)
    assert set(row["texts"]) == {"words"}
    assert found(begun) == []
    entry = AuditEntry.objects.get(event="VoiceChanged")
    assert set(entry.ids) == {"comment_id", "consultation_id", "record"}
    Comment.objects.filter(pk=made.pk).update(text="Тут не бракує ліхтаря")
    assert found(begun) == [f"{of(begun)}: remark {made.pk}: it is not what was recorded"]


@pytest.fixture
def lived(begun, olena, bohdan, mo, ofi):
    """A consultation in which something of each kind has happened."""
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    hidden = remarks_actions.remark(begun, by=bohdan, text="Купуйте в мене")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Реклама")
    number_remarks(of=begun.pk)
    dispositions.settle(made, by=ofi, kind="rejected", reason="Ліхтарі є.")
    dispositions.approve(made, by=ofi)
    life_actions.change_dates(
        begun,
        by=ofi,
        opens_on=begun.opens_on,
        last_day=begun.last_day + timedelta(days=7),
        reason="Більше часу.",
    )
    papers_actions.add_link(begun, by=ofi, title="Карта", url="https://viche.example/karta")
    file = BytesIO(b"%PDF-1.7\n%%EOF\n")
    papers_actions.attach(begun, by=ofi, title="Аналіз", file=file)
    Consultation.objects.filter(pk=begun.pk).update(is_decided_early=True)
    with action():  # as of one that is over
        Decision.objects.create(
            consultation=begun,
            outcome="postponed",
            decided_on=begun.last_day,
            early_ground="urgent",
            reason="–",
            by=ofi,
        )
        emit(DecisionEntered(begun.pk, ofi.pk, begun.decision.pk))
        ProcedureAnswers.objects.create(consultation=begun)
        emit(ProcedureAnswered(begun.pk, ofi.pk))
    return begun


#: What somebody with the site's role does by SQL, and of which thing the comparison tells.
HOSTILE = {
    "words": ("UPDATE discussions_comment SET text = 'Інше' WHERE hidden_at IS NULL", "remark"),
    "hidden-words": (
        "UPDATE discussions_comment SET text = 'Інше' WHERE hidden_at IS NOT NULL",
        "remark",
    ),
    "author": ("UPDATE discussions_comment SET author_id = %(other)s", "remark"),
    "date": ("UPDATE discussions_comment SET created_at = created_at - interval '20 d'", "remark"),
    "shown": (
        "UPDATE discussions_comment SET hidden_at = NULL, hidden_reason = ''",
        "remark",
    ),
    "hidden": (
        "UPDATE discussions_comment SET hidden_at = now(), hidden_reason = 'spam',"
        " hidden_note = '–'"
        " WHERE hidden_at IS NULL",
        "remark",
    ),
    "taken-back": (
        "UPDATE discussions_comment SET deleted_at = now() WHERE hidden_at IS NOT NULL",
        "(remark|number)",
    ),
    "clause": ("UPDATE consultations_remark SET source = 'api'", "remark"),
    "number": ("UPDATE consultations_remark SET number = number + 5", "number"),
    "disposition": ("UPDATE consultations_disposition SET kind = 'accepted'", "disposition"),
    "reason": ("UPDATE consultations_disposition SET reason = 'Бо ні'", "disposition"),
    "no-disposition": ("DELETE FROM consultations_disposition", "disposition"),
    "approval": (
        "UPDATE consultations_disposition SET approved_at = approved_at - interval '3 d'",
        "disposition",
    ),
    "closing": (
        "UPDATE consultations_consultation SET closes_at = opens_at + interval '3 min'",
        "announcement",
    ),
    "announced": (
        "UPDATE consultations_consultation SET announced_at = announced_at - interval '30 d'",
        "announcement",
    ),
    "summary": ("UPDATE consultations_consultation SET summary = 'Інше'", "announcement"),
    "date-change": ("DELETE FROM consultations_datechange", "dates"),
    "date-reason": ("UPDATE consultations_datechange SET reason = 'Інше'", "dates"),
    "ground": (
        "UPDATE discussions_comment SET hidden_reason = 'off_topic' WHERE hidden_at IS NOT NULL",
        "remark",
    ),
    "note": (
        "UPDATE discussions_comment SET hidden_note = 'Інше' WHERE hidden_at IS NOT NULL",
        "remark",
    ),
    "unnamed": (
        "UPDATE discussions_comment SET unnamed_at = now() WHERE hidden_at IS NULL",
        "remark",
    ),
    "not-announced": (
        "UPDATE consultations_consultation SET announced_at = NULL",
        "[a-z_]+",
    ),
    "decision-day": ("UPDATE consultations_decision SET decided_on = decided_on - 9", "decision"),
    "early-ground": ("UPDATE consultations_decision SET early_ground = 'martial_law'", "decision"),
    "no-decision": ("DELETE FROM consultations_decision", "decision"),
    "answers": (
        "UPDATE consultations_procedureanswers SET is_text_unchanged = true",
        "answers",
    ),
    "attachment": ("UPDATE consultations_attachment SET kind = 'note'", "attachment"),
    "no-attachment": ("DELETE FROM consultations_attachment", "attachment"),
    "link": ("UPDATE consultations_link SET url = 'https://other.example/'", "link"),
    "no-link": ("DELETE FROM consultations_link", "link"),
    "text": ("UPDATE drafts_clause SET text = 'Інше' WHERE text <> ''", "version"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_sites_role_changes_is_found(lived, charlie, name):
    statement, kind = HOSTILE[name]
    assert found(lived) == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # as after DISABLE TRIGGER
        cursor.execute(statement, {"other": charlie.pk})
        cursor.execute("SET session_replication_role = DEFAULT")
    told = found(lived)
    assert told
    assert all(re.match(f"{of(lived)}: {kind} [0-9]+: ", line) for line in told), told


def test_a_row_that_no_entry_names_is_found(lived, olena):
    made = Remark.objects.filter(comment__author=olena).get()
    row = AuditRecord.objects.filter(kind="disposition").latest("pk")
    line = row.line.replace("rejected", "accepted")
    AuditRecord.objects.create(
        of=row.of, kind=row.kind, number=row.number, entry=row.entry, line=line, sha256=row.sha256
    )
    assert [f for f in faults() if "no entry says" in f]
    assert Disposition.objects.get(pk=made.pk).kind == "rejected"


def test_what_is_older_is_entered_once(opened, olena):
    made = remarks_actions.remark(opened, by=olena, text="Тут бракує ліхтаря")
    assert begin_record() == 1
    assert found(opened) == []
    begun = AuditEntry.objects.filter(event=comparing.BEGUN)
    rows = AuditRecord.objects.filter(entry__in=begun.values("pk"))
    assert {row.kind for row in rows} == {"announcement", "version"}
    Comment.objects.filter(pk=made.pk).update(text="Інше")
    assert begin_record() == 0, "a falsification is not entered"
    assert found(opened)


def test_what_is_being_prepared_is_no_procedure(preparing, ofi):
    life_actions.revise(preparing, by=ofi, fields={"title": "Інша назва"})
    assert begin_record() == 0
    assert not AuditRecord.objects.exists()


def test_rows_of_many_consultations_do_not_mix(begun, department, olena):
    other = factories.consultation(department)
    begin_record()
    remarks_actions.remark(other, by=olena, text="Тут бракує ліхтаря")
    assert found(begun) == found(other) == []
    assert not DateChange.objects.exists()
