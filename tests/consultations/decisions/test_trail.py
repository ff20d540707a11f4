"""A remark's trail: words, disposition, clause before and after, vote, execution."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultations.decisions import actions
from consultations.decisions.trail import trail_of
from consultations.models import Disposition, Remark, State
from consultations.presenters import ShownConsultation
from consultations.queries import for_page, show_remark, with_display_columns
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from discussions import actions as discussion
from drafts.versions import actions as drafts
from tests import factories

pytestmark = pytest.mark.django_db

VOTES = {"votes_for": 30, "against": 4, "abstained": 3, "not_voting": 5, "members": 54}


@pytest.fixture
def said(department, olena):
    """olena's remark on clause 2 of an open consultation."""
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.get(number="2")
    return remark_actions.remark(consultation, by=olena, text="До 23.", clause_id=clause.pk)


def trail(remark: Remark):
    row = with_display_columns(Remark.objects.all()).get(pk=remark.pk)
    shown = ShownConsultation.of(
        for_page(remark.consultation._meta.model.objects.all()).get(pk=remark.consultation_id)
    )
    return trail_of(shown, show_remark(row, shown.text_number))


def states(remark: Remark) -> list[str]:
    found = trail(remark)
    stages = (found.said, found.disposed, found.clause, found.voted, found.executed)
    return [stage.state if stage else "–" for stage in stages]


def change_text(remark: Remark, ofi, wording: str = "8:00 до 23:00"):
    text = factories.DRAFT.replace("8:00 до 22:00", wording)
    draft = remark.consultation.draft
    version = drafts.import_version(draft, text.encode(), name="v2.txt", by=ofi)
    drafts.publish(version, by=ofi)
    return version


def dispose(remark: Remark, ofi, **others) -> Disposition:
    values = {"kind": "accepted", "by": ofi, "decided_at": database_clock.now(), **others}
    return Disposition.objects.create(remark=remark, **values)


def report(remark: Remark) -> None:
    consultation = remark.consultation
    consultation.closes_at = consultation.reported_at = database_clock.now()
    consultation.save()


def test_of_an_open_consultation_says_what_comes_next_and_by_when(said, client):
    assert states(said) == ["done", "next", "next", "next", "next"]
    page = client.get(said.get_absolute_url()).text
    due = said.consultation.report_due_on
    assert str(due.year) in page
    assert 'id="remark-trail"' in page


def test_of_a_closed_one_the_report_is_next_and_late_in_words(said):
    consultation = said.consultation
    now = database_clock.now()
    consultation.closes_at, consultation.report_due_on = now, local_date(now) - timedelta(days=3)
    consultation.save()
    assert states(said)[1] == "late"
    assert "3" in trail(said).disposed.late_words


def test_a_disposition_is_public_when_it_is_approved_or_with_the_report(said, ofi):
    row = dispose(said, ofi)
    assert trail(said).disposition is None
    row.approved_at, row.approved_by = database_clock.now(), ofi
    row.save()
    assert trail(said).disposition == row
    Disposition.objects.filter(pk=row.pk).update(approved_at=None, approved_by=None)
    report(said)
    assert trail(said).disposition == row


def test_the_whole_trail(said, ofi, client, django_assert_max_num_queries):
    key = said.clause.key
    dispose(said, ofi, reason="Слушна пропозиція.", resulting_key=key)
    version = change_text(said, ofi)
    report(said)
    day = local_date(database_clock.now())
    adopted = {"outcome": "adopted", "decided_on": day, "number": "12", "text": version, **VOTES}
    decision = actions.enter(said.consultation, by=ofi, fields=adopted)
    step = {"text": "Оновити вивіски", "responsible": "Департамент"}
    actions.add_step(decision, by=ofi, due_on=day - timedelta(days=1), **step)
    assert states(said) == ["done", "done", "done", "done", "late"]
    address = said.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(11):
        page = client.get(address, {"again": 1}).text
    for words in ("Слушна пропозиція.", "<ins>", "<del>", "№ 12", "Оновити вивіски"):
        assert words in page
    part = client.get(address, {"trail": ""}).text
    assert part.strip().startswith('<div id="remark-trail"')


def test_a_clause_that_went_and_one_that_stayed(said, ofi, olena):
    change_text(said, ofi, "8:00 до 22:00")
    assert not trail(said).clause.has_changed
    text = factories.DRAFT.replace("2. Установити, що майданчик працює з 8:00 до 22:00.\n", "")
    version = drafts.import_version(said.consultation.draft, text.encode(), name="v3.txt", by=ofi)
    drafts.publish(version, by=ofi)
    gone = version.clauses.filter(key=said.clause_key).exists()
    assert trail(said).clause.is_gone is not gone


def test_a_folded_remark_is_answered_with_the_one_that_stands_for_it(said, ofi, bohdan):
    other = remark_actions.remark(said.consultation, by=bohdan, text="До 23!")
    Remark.objects.filter(pk=other.pk).update(folded_into=said.pk)
    dispose(said, ofi)
    report(said)
    found = trail(other)
    assert found.answered_as == said
    assert found.clause is None  # on the whole draft, and the disposition leads to no clause


def test_of_what_was_not_adopted_nothing_is_executed(said, ofi):
    report(said)
    day = local_date(database_clock.now())
    refused = {"outcome": "rejected", "decided_on": day, "reason": "Бракує голосів."}
    actions.enter(said.consultation, by=ofi, fields=refused)
    assert states(said) == ["done", "done", "done", "done", "–"]


def test_of_a_withdrawn_one_it_ends(department, olena, said):
    consultation = said.consultation
    consultation.withdrawn_at, consultation.withdrawn_reason = database_clock.now(), "Помилка."
    consultation.save()
    assert states(said) == ["done", "stop", "–", "stop", "–"]


def test_of_a_hidden_remark_it_is_empty(said, mo, client):
    discussion.hide(said.comment, by=mo, reason="spam", note="Порушує правила")
    part = client.get(said.get_absolute_url(), {"trail": ""})
    assert part.status_code == 200
    assert "trail__stage" not in part.text


def test_state_preparing_has_no_public_trail(department, client):
    hidden = factories.consultation(department, State.PREPARING)
    assert client.get(f"{hidden.get_absolute_url()}remarks/1/?trail").status_code == 404
