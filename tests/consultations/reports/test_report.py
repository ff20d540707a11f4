"""The report: a working copy that several officers write, and editions that nobody changes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from consultations.dispositions import actions as table
from consultations.dispositions.events import DispositionApproved
from consultations.events import EditionPublished, ReportPublished
from consultations.life import actions as life_actions
from consultations.models import (
    Disposition,
    Edition,
    EditionRow,
    Procedure,
    Report,
    ReportVersion,
    State,
)
from consultations.remarks import actions as speaking
from consultations.reports import actions, documents, manifest, queries
from consultations.reports.answers import answers_to
from core.domain import clock as database_clock
from discussions.actions import hide
from discussions.models import Comment
from drafts.versions import actions as drafts
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(opened, olena, bohdan, clock):
    """A consultation that is over, with three remarks: numbers 1 to 3."""
    for person, text in ((olena, "До 23:00."), (bohdan, "Ні, тихо."), (olena, "Дякую.")):
        made = speaking.remark(opened, by=person, text=text)
        factories.settle(made)
    Disposition.objects.all().delete()
    clock.set(opened.closes_at)
    return opened


def frees(consultation, *grounds):
    """Its procedure does not consider what is hidden by these grounds."""
    unconsidered = dict.fromkeys(grounds, "Закон № 3841-IX, ст. 15 ч. 3")
    Procedure.objects.filter(pk=consultation.procedure_id).update(unconsidered=unconsidered)
    consultation.procedure.refresh_from_db()


def settle_all(consultation, **kinds):
    for remark in queries.remarks_of(consultation):
        factories.settle(remark, kinds.get(f"n{remark.number}", "accepted"))


def write(consultation, ofi, **texts):
    filled = {"outcome": "Враховано.", "summary": "Просять довшого часу."} | texts
    return actions.save(consultation, by=ofi, texts=filled)


def test_publishes_what_was_decided(closed, ofi, emitted):
    write(closed, ofi, outcome=" Враховано три зауваження. ")
    edition = actions.publish(closed, by=ofi)
    closed.refresh_from_db()
    assert closed.state_at(database_clock.now()) == State.REPORTED
    assert closed.outcome == "Враховано три зауваження."
    assert emitted[-2:] == [
        ReportPublished(closed.pk, ofi.pk),
        EditionPublished(closed.pk, ofi.pk, edition.pk),
    ]


@pytest.mark.parametrize("state", [State.PREPARING, State.ANNOUNCED, State.OPEN])
def test_is_begun_on_any_day_and_published_after_the_close(department, ofi, refused, state):
    consultation = factories.consultation(department, state)
    assert write(consultation, ofi).outcome == "Враховано."
    with refused("consultation.not_closed"):
        actions.publish(consultation, by=ofi)


def test_of_what_is_withdrawn_there_is_none(department, ofi, refused):
    consultation = factories.consultation(department, State.WITHDRAWN)
    with refused("consultation.withdrawn"):
        write(consultation, ofi)


def test_a_refusal_numbers_nothing(opened, olena, ofi, refused):
    remark = speaking.remark(opened, by=olena, text="До 23:00.")
    with refused("consultation.not_closed"):
        actions.publish(opened, by=ofi)
    remark.refresh_from_db()
    assert remark.number is None


def test_needs_words(closed, ofi, refused):
    write(closed, ofi, outcome=" ")
    with refused("consultation.outcome_missing"):
        actions.publish(closed, by=ofi)


def test_needs_a_summary_of_what_was_proposed(spoken, ofi, refused):
    settle_all(spoken)
    write(spoken, ofi, summary="")
    with refused("report.summary_missing"):
        actions.publish(spoken, by=ofi)


def test_is_for_the_department_alone(closed, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            write(closed, person)
        with refused("consultation.officers_only"):
            actions.publish(closed, by=person)


def test_no_row_is_empty_and_no_rejection_without_a_reason(spoken, ofi, refused):
    write(spoken, ofi)
    first, second, third = queries.remarks_of(spoken)
    factories.settle(first)
    factories.settle(second, "rejected", reason=" ")
    readiness = queries.readiness_of(spoken)
    assert [(gap.number, gap.has_kind) for gap in readiness.gaps] == [(2, True), (3, False)]
    with refused("report.rows_missing"):
        actions.publish(spoken, by=ofi)
    Disposition.objects.filter(remark=second).update(reason="Суперечить закону.")
    factories.settle(third, "noted", reason="Пропозиції немає.")
    assert actions.publish(spoken, by=ofi).rows_total == 3


def test_a_hidden_remark_keeps_its_row_without_words(spoken, ofi, mo):
    frees(spoken, "profanity")
    hidden = queries.remarks_of(spoken)[1]
    hide(hidden.comment, by=mo, reason="profanity", note="Порушує правила")
    for remark in queries.remarks_of(spoken):
        if remark != hidden:
            factories.settle(remark)
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi, names_contests=True)
    row = edition.rows.get(number=2)
    assert (row.words, row.name, row.facts["hidden"]) == ("", "", "profanity")
    assert manifest.verify(edition) == []
    # Nor is anybody named whose words are hidden since.
    shown = edition.rows.get(number=1)
    assert queries.names_of(edition) == sorted({shown.name, edition.rows.get(number=3).name})
    for row in edition.rows.exclude(number=2):
        hide(row.remark.comment, by=mo, reason="profanity", note="Порушує правила")
    assert queries.names_of(edition) == []
    assert shown.name not in str([documents.cells_of(each) for each in queries.rows_of(edition)])


def test_a_folded_remark_is_answered_with_its_other(spoken, ofi):
    first, second, third = queries.remarks_of(spoken)
    second.folded_into = first
    second.save()
    factories.settle(first, "rejected")
    factories.settle(third)
    write(spoken, ofi)
    row = actions.publish(spoken, by=ofi).rows.get(number=2)
    assert (row.facts["disposition"], row.facts["folded_into"]) == ("rejected", 1)


def test_says_what_changed_and_because_of_whom(spoken, ofi):
    clause = queries.texts_of(spoken)[0].clauses[-1]
    text = factories.DRAFT.replace("постійну комісію", "секретаря ради")
    version = drafts.import_version(spoken.draft, text.encode(), name="draft.txt")
    drafts.publish(version)
    first, *rest = queries.remarks_of(spoken)
    key = next(c.key for c in version.outline() if "секретаря" in c.text)
    assert key == clause.key
    factories.settle(first, resulting_key=key)
    for remark in rest:
        factories.settle(remark, "noted")
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi)
    (table,) = [block for block in edition.content if len(block.get("columns", ())) == 4]
    (row,) = table["rows"]
    assert "постійну комісію" in row[1]
    assert "секретаря ради" in row[2]
    assert row[3] == "№\u00a01"
    assert "секретаря ради" in edition.rows.get(number=1).facts["resulting_text"]


def test_a_clause_with_another_number_alone_says_so(spoken, ofi):
    text = factories.DRAFT.replace("3. Контроль", "4. Контроль").replace(
        "3. Контроль", "3. Новий пункт.\n4. Контроль"
    )
    version = drafts.import_version(spoken.draft, text.encode(), name="draft.txt")
    drafts.publish(version)
    settle_all(spoken)
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi)
    (table,) = [block for block in edition.content if len(block.get("columns", ())) == 4]
    (row,) = [row for row in table["rows"] if "Контроль" in row[2]]
    assert row[3] == "змінено лише нумерацію"
    (address,) = [
        block["paragraph"]
        for block in edition.content
        if "доопрацьований" in block.get("paragraph", "")
    ]
    assert address.endswith(f"{spoken.get_absolute_url()}?version={version.number}")


def test_the_report_of_a_public_consultation_has_the_laws_name_and_place_for_a_signature(
    spoken, ofi, client
):
    settle_all(spoken)
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi)

    def said(edition):
        document = documents.document_of(edition, lambda: (), [])
        return document.title, [str(getattr(each, "text", "")) for each in document.blocks]

    title, headings = said(edition)
    assert title == f"Звіт про консультацію «{spoken.title}»"
    assert "Затверджено" not in headings
    Procedure.objects.update(legal_basis="Закон № 3841-IX, ст. 13")
    title, headings = said(Edition.objects.get())
    assert title == f"Звіт про результати проведення публічних консультацій «{spoken.title}»"
    assert "Затверджено" in headings
    assert "Звіт про результати проведення" in client.get(edition.get_absolute_url()).text


def test_another_edition_says_why_and_keeps_the_earlier(spoken, ofi, refused):
    settle_all(spoken)
    write(spoken, ofi)
    first = actions.publish(spoken, by=ofi)
    Disposition.objects.filter(remark__number=2).update(kind="rejected", reason="Закон.")
    with refused("report.reason_missing"):
        actions.publish(spoken, by=ofi)
    second = actions.publish(spoken, by=ofi, reason="Виправлено помилку.")
    assert (second.number, second.supersedes) == (2, first)
    assert first.rows.get(number=2).facts["disposition"] == "accepted"
    assert manifest.verify(first) == manifest.verify(second) == []
    spoken.refresh_from_db()
    assert spoken.reported_at == first.at


def test_another_edition_approves_what_was_decided_otherwise(spoken, ofi, stranger, emitted):
    settle_all(spoken)
    write(spoken, ofi)
    actions.publish(spoken, by=ofi)
    changed = queries.remarks_of(spoken)[1]
    table.assign(spoken, [changed.pk], by=ofi, person_id=stranger.pk)
    table.settle(changed, by=stranger, kind="rejected", reason="Закон.")
    del emitted[:]
    actions.publish(spoken, by=ofi, reason="Виправлено помилку.")
    approved = [event for event in emitted if isinstance(event, DispositionApproved)]
    assert approved == [DispositionApproved(changed.pk, spoken.pk, ofi.pk)]
    assert Disposition.objects.get(pk=changed.pk).approved_by == ofi


def test_an_author_hears_of_another_edition_that_gives_another_reason(spoken, ofi, olena, bohdan):
    settle_all(spoken)
    write(spoken, ofi)
    actions.publish(spoken, by=ofi)
    Disposition.objects.filter(remark__number=2).update(reason="Інша підстава.")
    second = actions.publish(spoken, by=ofi, reason="Виправлено помилку.")
    assert [each.number for each in answers_to(bohdan, second.pk)] == [2]
    assert answers_to(olena, second.pk) is None


def test_the_database_refuses_to_change_an_edition(spoken, ofi):
    settle_all(spoken)
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi)
    rows = EditionRow.objects.filter(edition=edition)
    for change in (
        lambda: Edition.objects.update(content=[]),
        lambda: Edition.objects.filter(pk=edition.pk).delete(),
        lambda: rows.update(name="Інше Ім’я"),
        lambda: rows.update(words="Інші слова."),
        lambda: rows.update(facts={}),
        lambda: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_manifest_tells_what_was_changed(spoken, ofi):
    settle_all(spoken)
    write(spoken, ofi)
    edition = actions.publish(spoken, by=ofi)
    edition.content[0]["heading"] = "Інше"
    assert manifest.verify(edition) == ["manifest"]


# --- the working copy -----------------------------------------------------------------------------


def test_what_one_officer_saves_in_a_row_is_one_version(closed, ofi, admin, clock):
    write(closed, ofi, outcome="Раз.")
    write(closed, ofi, outcome="Раз, два.")
    write(closed, ofi, outcome="Раз, два.")
    write(closed, admin, outcome="Три.")
    clock.advance(minutes=20)
    write(closed, admin, outcome="Чотири.")
    said = ReportVersion.objects.order_by("number").values_list("texts__outcome", flat=True)
    assert list(said) == ["Раз, два.", "Три.", "Чотири."]


def test_an_earlier_version_is_put_back_and_nothing_is_lost(closed, ofi, admin):
    write(closed, ofi, outcome="Раз.")
    write(closed, admin, outcome="Два.")
    actions.restore(ReportVersion.objects.get(number=1), by=ofi)
    assert Report.objects.get().outcome == "Раз."
    assert [each.texts["outcome"] for each in ReportVersion.objects.all()] == [
        "Раз.",
        "Два.",
        "Раз.",
    ]


def test_has_no_limit_of_length(closed, ofi):
    words = "слово " * 50_000
    assert write(closed, ofi, summary=words).summary == words.strip()


def test_discarded_with_its_consultation(department, ofi):
    preparing = factories.consultation(department, State.PREPARING)
    write(preparing, ofi)
    life_actions.discard(preparing, by=ofi)
    assert not Report.objects.exists()
    assert not Comment.objects.exists()
