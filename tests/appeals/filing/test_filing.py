"""Filing: by whom, in whose name, with what; and the files of it."""

from __future__ import annotations

import pytest

from appeals import actions
from appeals.actions import NewFile
from appeals.models import Answer, Appeal, Attachment
from appeals.publishing.actions import set_consent
from city.models import Street
from tests import factories as people
from tests.appeals import factories
from tests.appeals.factories import NOBODY, WORDS

pytestmark = pytest.mark.django_db


def test_a_person_files_their_own(olena, bohdan):
    appeal = actions.file(by=olena, author=bohdan, **WORDS).appeal
    assert (appeal.author, appeal.registered_by, appeal.via) == (olena, None, "page")
    assert appeal.term == "month"


def test_the_office_registers_for_others(olena):
    clerk = factories.registrar()
    with_account = actions.file(by=clerk, via=Appeal.Via.VISIT, author=olena, **WORDS)
    assert (with_account.appeal.author, with_account.appeal.registered_by) == (olena, clerk)
    assert with_account.secret == ""
    without = actions.file(by=clerk, via=Appeal.Via.LETTER, **(WORDS | {"email": ""}))
    assert without.appeal.author is None
    assert without.secret == ""
    with factories.refused("appeal.office_only"):
        actions.file(by=olena, via=Appeal.Via.LETTER, **WORDS)


def test_an_unsigned_letter_is_registered_and_not_considered(olena):
    """393/96-ВР art. 8: by decision of a head."""
    words = {**WORDS, "name": "", "residence": "", "email": ""}
    clerk = factories.registrar()
    appeal = actions.file(by=clerk, via=Appeal.Via.LETTER, **words).appeal
    with factories.refused("appeal.no_body_head"):
        actions.leave_without_consideration(
            appeal, by=clerk, ground="anonymous", note="Без підпису"
        )
    head = factories.mayor()
    with factories.refused("appeal.body_head_only"):
        actions.leave_without_consideration(
            appeal, by=factories.head(factories.office()), ground="anonymous", note="Без підпису"
        )
    appeal = actions.leave_without_consideration(
        appeal, by=head, ground="anonymous", note="Без підпису"
    )
    assert appeal.closed_at == appeal.refused_at


def test_in_the_name_of_an_organisation(olena, bohdan):
    company = people.organisation("ТОВ «Тераса»", olena)
    appeal = actions.file(by=olena, organisation_id=company.pk, **WORDS).appeal
    assert appeal.organisation == company
    with factories.refused("mandate.none"):
        actions.file(by=bohdan, organisation_id=company.pk, **WORDS)


def test_files_are_kept_with_it(olena):
    files = [NewFile("яма.jpg", "image/jpeg", b"\xff\xd8" * 10), NewFile("a.pdf", "x/y", b"%PDF")]
    appeal = actions.file(by=olena, files=files, **WORDS).appeal
    stored = Attachment.objects.filter(appeal=appeal)
    assert [(one.name, one.size, bytes(one.content)) for one in stored] == [
        ("яма.jpg", 20, b"\xff\xd8" * 10),
        ("a.pdf", 4, b"%PDF"),
    ]
    with factories.refused("appeal.too_many_files"):
        actions.file(by=olena, files=files * 6, **WORDS)
    assert Appeal.objects.count() == 1


def test_where_it_happened(olena):
    street = Street.objects.create(name="вулиця Соборності", slug="sobornosti")
    appeal = actions.file(by=olena, street=street, house="12а", **WORDS).appeal
    assert (appeal.street, appeal.house) == (street, "12а")


def test_a_request_needs_no_residence():
    words = {**WORDS, "kind": "request", "name": "Олена", "residence": ""}
    usual = actions.file(by=NOBODY, **words).appeal
    urgent = actions.file(by=NOBODY, is_urgent=True, **words).appeal
    assert (usual.term, urgent.term) == ("request", "urgent")
    assert urgent.due_at < usual.due_at
    assert actions.file(by=NOBODY, is_urgent=True, **WORDS).appeal.term == "month"


def test_nothing_else_is_written(olena):
    with pytest.raises(TypeError, match="number"):
        actions.file(by=olena, number=7, **WORDS)


def test_privileged_ones_come_first(olena):
    assert factories.filed(olena).appeal.precedence == 2
    assert factories.filed(olena, privileged="combatant").appeal.precedence == 1


def test_what_is_answered_within_48_hours_comes_before_them(olena):
    urgent = factories.filed(olena, kind="request", is_urgent=True, privileged="combatant").appeal
    assert urgent.precedence == 0
    # What is accepted as another request keeps its place no longer.
    accepted = actions.accept(
        urgent,
        by=factories.registrar(),
        department=factories.department("Управління", "improvement"),
        term="request",
    )
    accepted.refresh_from_db()
    assert accepted.precedence == 1


def test_the_office_corrects_the_kind(olena, department):
    appeal = factories.filed(olena, kind="complaint").appeal
    appeal = actions.accept(
        appeal, by=factories.registrar(), department=department, kind="request", privileged="hero"
    )
    assert (appeal.kind, appeal.term, appeal.privileged) == ("request", "request", "hero")
    assert appeal.due_at < factories.filed(olena).appeal.due_at


def test_the_office_says_whom_a_complaint_is_about(olena, department):
    service = factories.department("Служба", "service")
    head, clerk = factories.head(service), factories.registrar()
    sent = {"kind": "complaint", "about_department": service}
    appeal = factories.filed(olena, **sent).appeal
    # Neither to a department whose head it is about, nor by whom it is about.
    for about, to, code in (
        (None, service, "appeal.about_this_department"),
        (actions.About(person=head), service, "appeal.about_its_head"),
        (actions.About(person=clerk), department, "appeal.about_oneself"),
        (actions.About(factories.office()), department, "appeal.about_ones_department"),
    ):
        with factories.refused(code):
            actions.accept(appeal, by=clerk, department=to, about=about)
    for kind in ("application", "request"):
        with factories.refused("appeal.not_a_complaint"):
            actions.accept(appeal, by=clerk, department=department, kind=kind)
    appeal = actions.accept(
        appeal, by=clerk, department=department, about=actions.About(service, head)
    )
    appeal.refresh_from_db()
    assert (appeal.about_department, appeal.about_person) == (service, head)
    with factories.refused("appeal.about_this_department"):
        actions.assign(appeal, by=clerk, department=department, others=[(service, None)])
    # It was not about them after all.
    appeal = factories.filed(olena, **sent).appeal
    appeal = actions.accept(
        appeal, by=clerk, department=service, kind="proposal", about=actions.About()
    )
    assert appeal.about_department is None


def test_a_changed_draft_is_approved_anew(olena, department):
    appeal = factories.appeal(olena, "in_work", by=department)
    head = factories.head(department)
    first = actions.draft_answer(
        appeal, by=head, text="Так", result="satisfied", files=[NewFile("a.pdf", "x/y", b"1")]
    )
    actions.approve(appeal, by=head)
    second = actions.draft_answer(
        appeal, by=head, text="Ні", result="denied", files=[NewFile("b.pdf", "x/y", b"2")]
    )
    assert first == second
    assert second.approved_at is None
    with factories.refused("appeal.not_approved"):
        actions.answer(appeal, by=head, how="email")
    kept = Attachment.objects.get(name="b.pdf").pk
    actions.draft_answer(appeal, by=head, text="Ні!", result="denied", keep_files=[kept])
    assert [each.name for each in Attachment.objects.all()] == ["b.pdf"]


def test_an_approval_does_not_outlive_the_executor(olena, department):
    appeal = factories.appeal(olena, "in_work", by=department)
    head, clerk = factories.head(department), factories.registrar()
    other = factories.department("Служба", "service")
    draft = actions.draft_answer(appeal, by=head, text="Так", result="satisfied")
    actions.approve(appeal, by=head)
    actions.assign(appeal, by=clerk, department=department, others=[(other, None)])
    draft.refresh_from_db()
    assert draft.approved_by == head
    actions.assign(appeal, by=clerk, department=other)
    draft.refresh_from_db()
    assert (draft.approved_at, draft.approved_by) == (None, None)
    with factories.refused("appeal.not_approved"):
        actions.answer(appeal, by=clerk, how="email")


def test_words_too_long_for_their_column_are_refused(olena, department):
    appeal = factories.appeal(olena, "in_work", by=department)
    head = factories.head(department)
    until = factories.working_day(appeal, 1)
    with factories.refused("appeal.reason_too_long"):
        actions.extend(appeal, by=factories.mayor(), until=until, reason="б" * 1001)
    with factories.refused("appeal.body_too_long"):
        actions.forward(appeal, by=head, to="б" * 301)


def test_a_published_answer_says_what_was_written_for_everybody(olena, department):
    appeal = factories.appeal(olena, "answered", by=department)
    answer, head = Answer.objects.get(appeal=appeal), factories.head(department)
    words = {"subject": "Про світло", "question": "Чи є?", "text": "Ліхтарі світять."}
    set_consent(answer, by=olena, agrees=True)
    actions.publish_answer(answer, by=head, **words)
    assert [one.public_subject for one in Answer.objects.published()] == ["Про світло"]
    with factories.refused("appeal.published_already"):
        actions.publish_answer(answer, by=head, **words)
    actions.unpublish_answer(answer, by=head)
    assert not Answer.objects.published()
