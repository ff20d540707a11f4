"""How long notes between officers are kept, and where they are never read."""

from __future__ import annotations

import zipfile

import pytest
from django.urls import reverse

from accounts.data import actions as rights
from accounts.data import register
from accounts.data.retention import sweep_all
from accounts.models import StaffNote
from accounts.notes.actions import write_note
from accounts.notes.matters import find_matter
from appeals.models import State
from consultations.dispositions.actions import assign
from consultations.evidence import actions as evidence
from consultations.evidence.making import make_bundle
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import path_of
from consultations.life.actions import discard as discard_consultation
from consultations.models import State as Stage
from consultations.remarks.actions import delete_remark, remark
from core.audit_log.beginning import begin_record
from core.domain.retention import period_of
from meetings.planning.actions import discard as discard_meeting
from tests import factories
from tests.appeals import factories as appeals
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.life.actions import discard as discard_poll

pytestmark = pytest.mark.django_db

WORDS = "Подзвонила до майстра, чекаю."


@pytest.fixture
def note(ofi):
    """Write a note about a matter of the officer's department."""

    def write(kind, of) -> StaffNote:
        return write_note(find_matter(kind, of.pk), by=ofi, words=WORDS)

    return write


@pytest.fixture
def held(department):
    return factories.consultation(department, Stage.OPEN)


def is_kept(note) -> bool:
    return StaffNote.objects.filter(pk=note.pk).exists()


def test_a_deleted_remark_has_no_notes_and_gets_none(client, note, held, olena, ofi, refused):
    said = remark(held, by=olena, text="Ширший тротуар.")
    matter, written = find_matter("remark", said.pk), note("remark", said)
    delete_remark(said, by=olena)
    assert not is_kept(written)
    with refused("note.matter_gone"):
        write_note(matter, by=ofi, words=WORDS)
    client.force_login(ofi)
    assert client.get(matter.url).context["notes"] is None


def test_a_draft_that_is_thrown_away_has_no_notes(note, department, ofi):
    consultation = factories.consultation(department, Stage.PREPARING)
    meeting = meetings.meeting("draft", run_by=department)
    poll = polls.poll(ofi, department, "draft")
    note("consultation", consultation), note("meeting", meeting), note("poll", poll)
    discard_consultation(consultation, by=ofi)
    discard_meeting(meeting, by=ofi)
    discard_poll(poll, by=ofi)
    assert not StaffNote.objects.exists()


@pytest.mark.parametrize(("state", "stays"), [("moderation", False), ("collecting", True)])
def test_with_an_author_go_notes_about_what_was_never_published(
    state, stays, note, department, olena
):
    written = note("petition", petitions.petition(olena, state, department=department))
    rights.erase(olena, by=olena)
    assert is_kept(written) == stays


def test_notes_go_when_an_applicants_name_goes(clock, note, department, olena):
    appeal = appeals.appeal(olena, State.IN_WORK, by=department)
    written = note("appeal", appeal)
    appeals.answered(appeal)
    appeal.refresh_from_db()
    open_one = note("appeal", appeals.appeal(state=State.IN_WORK, by=department))
    _is_kept_until(clock, appeal.closed_at + period_of("appeal_authors"), written)
    assert is_kept(open_one)


def test_notes_go_when_the_name_of_a_petitions_author_goes(clock, note, department, olena, bohdan):
    petition = petitions.petition(olena, "answered", department=department)
    other = note("petition", petitions.petition(bohdan, "answered", department=department))
    written = note("petition", petition)
    rights.erase(olena, by=olena)
    _is_kept_until(clock, petition.published_at + period_of("petition_authors"), written)
    assert is_kept(other)


def test_notes_go_when_the_name_of_a_remarks_author_goes(clock, note, held, olena, bohdan, ofi):
    written = note("remark", remark(held, by=olena, text="Так."))
    other = note("remark", remark(held, by=bohdan, text="Ні."))
    rights.erase(olena, by=olena)
    clock.set(held.closes_at)
    factories.publish_report(held, by=ofi)
    held.refresh_from_db()
    _is_kept_until(clock, held.reported_at + period_of("report_names"), written)
    assert is_kept(other)


def _is_kept_until(clock, moment, note) -> None:
    clock.set(moment)
    clock.advance(hours=-1)
    sweep_all()
    assert is_kept(note)
    clock.advance(hours=2)
    sweep_all()
    assert not is_kept(note)


def test_ones_own_notes_are_in_ones_own_download(note, held, ofi, admin):
    written = write_note(find_matter("consultation", held.pk), by=ofi, words=WORDS, to=admin)
    entry = next(each for each in register.all_entries() if each.model is StaffNote)
    (row,) = entry.collect(ofi)
    assert (row["words"], row["matter_id"]) == (WORDS, held.pk)
    assert entry.said["matter_kind"](row["matter_kind"]) == "консультація"
    assert list(entry.collect(admin)) == []
    assert is_kept(written)


def test_no_resident_and_no_file_holds_them(
    client, settings, tmp_path, note, department, held, olena, ofi
):
    settings.PRIVATE_ROOT = tmp_path / "private"
    begin_record()
    said = remark(held, by=olena, text="Ширший тротуар.")
    assign(held, [said.pk], by=ofi, person_id=ofi.pk)
    petition = petitions.petition(olena, "collecting", department=department)
    appeal = appeals.appeal(olena, State.IN_WORK, by=department)
    for kind, of in (
        ("consultation", held),
        ("remark", said),
        ("petition", petition),
        ("appeal", appeal),
    ):
        note(kind, of)
    make_bundle(evidence.ask(held, by=ofi).pk)
    with zipfile.ZipFile(path_of(EvidenceBundle.objects.get())) as archive:
        for name in archive.namelist():
            assert WORDS.encode() not in archive.read(name)
            assert b"StaffNote" not in archive.read(name)
    client.force_login(olena)
    for page in (
        held.get_absolute_url(),
        said.get_absolute_url(),
        petition.get_absolute_url(),
        reverse("appeals:detail", args=[appeal.pk]),
        f"/api/v1/consultations/{held.pk}/remarks/",
        f"/api/v1/petitions/{petition.pk}/",
    ):
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert WORDS not in answer.text
    for entry in register.all_entries():
        assert WORDS not in str(list(entry.collect(olena)))
