"""Notes between officers: who reads them, who may be named, and what a hand-over does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Grant, StaffNote
from accounts.notes.actions import withdraw_note, write_note
from accounts.notes.matters import find_matter
from accounts.notes.queries import PAGE_SIZE, notes_of
from accounts.staff.actions import name_cover
from appeals.models import Appeal, State
from consultations.dispositions.actions import assign
from consultations.dispositions.models import Assignment
from consultations.models import Consultation
from consultations.models import State as Stage
from consultations.remarks.actions import remark
from core.domain import clock as database_clock
from core.web.idempotency import new_key
from tests import factories
from tests.appeals import factories as appeals
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions
from tests.votes import factories as polls

pytestmark = pytest.mark.django_db

WORDS = "Подзвонила до майстра, чекаю."
KINDS = ("appeal", "petition", "consultation", "remark", "meeting", "poll")


@pytest.fixture
def colleague(department):
    return factories.user("colleague", "Оксана", "Тиха", role="officer", department=department)


@pytest.fixture
def matters(department, olena, ofi):
    """One of each kind, of ofi's department."""
    held = factories.consultation(department, Stage.OPEN)
    said = remark(held, by=olena, text="Ширший тротуар.")
    petition = petitions.petition(olena, department=department)
    appeal = appeals.appeal(olena, State.IN_WORK, by=department)
    ids = {
        "appeal": appeal,
        "petition": petition,
        "consultation": held,
        "remark": said,
        "meeting": meetings.meeting("draft", run_by=department),
        "poll": polls.poll(ofi, department, "draft"),
    }
    found = {kind: find_matter(kind, each.pk) for kind, each in ids.items()}
    assert set(found) == set(KINDS)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_stands_on_the_page_of_its_matter(kind, client, matters, ofi, colleague):
    matter = matters[kind]
    client.force_login(ofi)
    sent = {"words": WORDS, "to": colleague.pk, "idempotency_key": new_key()}
    for _time in range(2):
        answer = client.post(reverse("notes:write", args=[kind, matter.pk]), sent)
        assert answer.url == f"{matter.url}#notes"
    assert StaffNote.objects.count() == 1
    client.force_login(colleague)
    page = client.get(matter.url).text
    assert WORDS in page
    assert ofi.get_full_name() in page


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_reads_writes_or_is_named(kind, client, matters, ofi, stranger, olena, refused):
    matter = matters[kind]
    written = write_note(matter, by=ofi, words=WORDS)
    url = reverse("notes:write", args=[kind, matter.pk])
    for person, status in ((stranger, 404), (olena, 403)):
        client.force_login(person)
        assert client.get(url).status_code == status
        assert client.post(url, {"words": "!"}).status_code == status
        withdrawal = client.post(reverse("notes:withdraw", args=[written.pk]))
        assert withdrawal.status_code == status
        assert WORDS not in client.get(matter.url).text
        assert notes_of(matter, person, QueryDict()) is None
        with refused("note.not_a_colleague"):
            write_note(matter, by=ofi, words=WORDS, to=person)
    client.force_login(ofi)
    page = client.post(url, {"words": WORDS, "to": stranger.pk})
    assert page.status_code == 422
    assert WORDS in page.text
    assert "Оберіть колегу, який працює над цією справою." in page.text
    assert stranger.get_full_name() not in page.text or not stranger.family_name
    assert f'value="{stranger.pk}"' not in page.text


def test_whose_role_has_ended_reads_nothing(client, matters, ofi, colleague):
    note = write_note(matters["petition"], by=ofi, words=WORDS, to=colleague)
    Grant.objects.filter(user=colleague).update(ends_at=database_clock.now())
    client.force_login(colleague)
    assert client.get(matters["petition"].url).status_code in (403, 404)
    assert client.post(reverse("notes:withdraw", args=[note.pk])).status_code == 403
    assert colleague.pk not in _named(matters["petition"], ofi)


def test_who_stands_in_is_a_colleague(matters, ofi, colleague, stranger):
    before = _named(matters["petition"], ofi)
    assert colleague.pk in before
    assert stranger.pk not in before
    now = database_clock.now()
    name_cover(
        colleague, stranger, by=colleague, starts_at=now, ends_at=now + timedelta(days=3), reason=""
    )
    assert _named(matters["petition"], ofi) == before | {stranger.pk}


def test_its_author_of_the_council_reads_no_notes_about_their_petition(department, ofi, colleague):
    matter = find_matter("petition", petitions.petition(ofi, department=department).pk)
    assert notes_of(matter, ofi, QueryDict()) is None
    assert ofi.pk not in _named(matter, colleague)


def test_nobody_reads_notes_about_a_complaint_about_them(department, ofi, colleague):
    complaint = appeals.appeal(
        kind="complaint", state=State.IN_WORK, by=department, about_person=ofi
    )
    matter = find_matter("appeal", complaint.pk)
    assert notes_of(matter, ofi, QueryDict()) is None
    assert ofi.pk not in _named(matter, colleague)


@pytest.mark.parametrize("words", [" \n", "я" * 2001])
def test_empty_or_too_long_comes_back_as_it_was_typed(words, client, matters, ofi):
    client.force_login(ofi)
    answer = client.post(
        reverse("notes:write", args=["petition", matters["petition"].pk]), {"words": words}
    )
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert not StaffNote.objects.exists()


def test_of_2000_letters_is_stored(matters, ofi):
    assert len(write_note(matters["petition"], by=ofi, words="я" * 2000).words) == 2000


def test_handed_over_an_appeal_is_its_new_officers(matters, colleague, department):
    boss = appeals.head(department)
    write_note(matters["appeal"], by=boss, words=WORDS, to=colleague, is_handed_over=True)
    appeal = Appeal.objects.get(pk=matters["appeal"].pk)
    assert (appeal.officer, appeal.department) == (colleague, department)


def test_who_may_not_assign_an_appeal_does_not_hand_it_over(client, matters, ofi, colleague):
    client.force_login(ofi)
    sent = {"words": WORDS, "to": colleague.pk, "is_handed_over": "on"}
    answer = client.post(reverse("notes:write", args=["appeal", matters["appeal"].pk]), sent)
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert not StaffNote.objects.exists()
    assert Appeal.objects.get().officer is None


def test_handed_over_a_row_is_given_by_its_day(matters, ofi, colleague, refused):
    matter = matters["remark"]
    day = database_clock.now().date()
    held = Consultation.objects.get()
    assign(held, [matter.pk], by=ofi, person_id=ofi.pk, due_on=day)
    write_note(matter, by=ofi, words=WORDS, to=colleague, is_handed_over=True)
    given = Assignment.objects.get(remark=matter.pk)
    assert (given.person, given.due_on) == (colleague, day)
    with refused("note.to_nobody"):
        write_note(matter, by=ofi, words=WORDS, is_handed_over=True)


def test_who_was_given_a_row_hands_it_over_and_has_it_no_more(
    client, matters, ofi, stranger, colleague
):
    matter = matters["remark"]
    assign(Consultation.objects.get(), [matter.pk], by=ofi, person_id=stranger.pk)
    client.force_login(stranger)
    sent = {"words": WORDS, "to": colleague.pk, "is_handed_over": "on"}
    answer = client.post(reverse("notes:write", args=["remark", matter.pk]), sent)
    assert answer.url == reverse("portal:desk")
    assert "Примітку записано" in client.get(answer.url).text
    assert Assignment.objects.get().person == colleague
    assert notes_of(find_matter("remark", matter.pk), stranger, QueryDict()) is None


def test_the_table_says_how_many_notes_a_row_has(client, matters, ofi):
    write_note(matters["remark"], by=ofi, words=WORDS)
    withdraw_note(write_note(matters["remark"], by=ofi, words=WORDS), by=ofi)
    client.force_login(ofi)
    page = client.get(reverse("desk:table", args=[Consultation.objects.get().pk])).text
    assert f'href="{matters["remark"].url}"' in page
    assert "</a> (1)" in page


def test_its_author_withdraws_it_within_a_day_and_a_trace_stays(
    client, clock, matters, ofi, colleague, refused
):
    matter = matters["petition"]
    note = write_note(matter, by=ofi, words=WORDS)
    with refused("note.not_yours"):
        withdraw_note(note, by=colleague)
    clock.advance(hours=23, minutes=59)
    assert withdraw_note(note, by=ofi).words == ""
    with refused("note.withdrawn"):
        withdraw_note(note, by=ofi)
    client.force_login(colleague)
    page = client.get(matter.url).text
    assert WORDS not in page
    assert "Автор відкликав цю примітку" in page
    late = write_note(matter, by=ofi, words=WORDS)
    clock.advance(days=1)
    with refused("note.stays"):
        withdraw_note(late, by=ofi)


def test_postgresql_keeps_what_a_note_is(ofi):
    now = database_clock.now()
    for wrong in (
        {"words": ""},
        {"words": "я" * 2001},
        {"words": WORDS, "withdrawn_at": now},
        {"words": "", "withdrawn_at": now + timedelta(days=1)},
        {"words": WORDS, "mentioned": ofi},
        {"words": WORDS, "is_handed_over": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffNote.objects.create(
                matter_kind="petition", matter_id=1, author=ofi, written_at=now, **wrong
            )


def test_notes_cost_two_statements_however_many(matters, ofi, colleague):
    matter = matters["appeal"]
    for number in range(3):
        write_note(matter, by=ofi, words=str(number), to=colleague)
    for number in range(3, PAGE_SIZE + 2):
        StaffNote.objects.create(
            matter_kind="appeal", matter_id=matter.pk, author=ofi, words=str(number)
        )
    with CaptureQueriesContext(connection) as statements:
        shown = notes_of(matter, ofi, QueryDict())
    assert len(statements) == 2
    assert [each.note.words for each in shown.items] == [
        str(number) for number in range(2, PAGE_SIZE + 2)
    ]
    older = notes_of(matter, ofi, QueryDict(shown.older_url.removeprefix("?").split("#")[0]))
    assert [each.note.words for each in older.items] == ["0", "1"]


def _named(matter, user) -> set[int]:
    """Whom the form lets the person choose."""
    shown = notes_of(matter, user, QueryDict())
    return {int(key) for key, _name in shown.form.fields["to"].choices if key}
