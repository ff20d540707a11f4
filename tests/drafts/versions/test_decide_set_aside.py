"""Officers decide about what an import set aside; a text is published only then."""

import pytest
from django.db import IntegrityError, transaction

from core.domain.rules import Refused
from drafts.clauses import actions as repair
from drafts.events import LinesLeftOut, LinesPutBack
from drafts.models import SetAside, Version
from drafts.versions import actions, set_aside
from drafts.versions.doubts import Kind, find_doubts
from tests.drafts.clauses.test_edit_clauses import is_whole, refused_code, shape
from tests.drafts.files import STATUTE


@pytest.fixture
def version(ofi):
    return actions.import_draft(STATUTE.format("\t").encode(), name="a.txt", by=ofi)


def test_lines_are_put_back_in_their_place_and_undone(version, ofi, emitted):
    before = shape(version)
    aside = version.set_aside.get()
    emitted.clear()
    revision = set_aside.put_back(version, [aside], by=ofi)
    assert emitted == [LinesPutBack(version.pk, 6, ofi.pk)]
    assert (revision.kind, revision.by, revision.label) == (
        "put_back",
        ofi,
        "преамбула, абз. 2 … ст. 3",
    )
    printed = [clause.printed for clause in version.outline()]
    assert printed == STATUTE.format(" ").split("\n")
    is_whole(version)
    aside.refresh_from_db()
    assert (aside.decision, aside.decided_by) == ("put_back", ofi)
    assert refused_code(set_aside.put_back, version, [aside], by=ofi) == "draft.already_put_back"
    assert find_doubts(list(version.outline()))[0].kind == Kind.CONTENTS
    doubts = find_doubts(list(version.outline()), keeps_contents=True)
    assert Kind.CONTENTS not in [doubt.kind for doubt in doubts]
    repair.undo(revision, by=ofi)
    assert shape(version) == before
    aside.refresh_from_db()
    assert (aside.decision, aside.decided_at, aside.decided_by) == ("", None, None)


def test_a_text_is_published_when_its_lines_are_left_out_or_put_back(version, ofi, emitted):
    aside = version.set_aside.get()
    assert refused_code(actions.publish, version, by=ofi) == "draft.set_aside_undecided"
    with pytest.raises(IntegrityError, match="nobody has decided"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(published_at="2026-12-01T00:00Z")
    emitted.clear()
    set_aside.leave_out(version, [aside], by=ofi)
    assert emitted == [LinesLeftOut(version.pk, 6, ofi.pk)]
    set_aside.put_back(version, [aside], by=ofi)  # they thought again
    assert actions.publish(version, by=ofi).is_published
    for change in ({"decision": "left_out"}, {"text": "інше"}, {"version": version.pk + 1}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            SetAside.objects.update(**change)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        SetAside.objects.all().delete()
    SetAside.objects.update(decided_by=None)  # an officer is erased
    assert refused_code(set_aside.leave_out, version, [aside], by=ofi) == "draft.published"


def test_the_place_is_found_after_its_clause_was_removed_or_joined(version, ofi):
    aside = version.set_aside.get()
    first, section, article, *_ = version.outline()
    repair.remove_all([section], by=ofi)
    repair.join_all([first, article], by=ofi)
    set_aside.put_back(version, [aside], by=ofi)
    printed = [clause.printed for clause in version.outline()]
    assert printed[:3] == ["СТАТУТ\nСтаття 1. Статут", "ЗМІСТ", "Розділ І. Загальні положення 3"]
    assert printed[7] == "1. Статут діє в місті."
    is_whole(version)


def test_lines_go_beside_the_clause_before_which_they_stood(ofi):
    text = "1. Перше:\n1) так;\nРада 3\nСуд 4\nГерб 5\n2) ні.\nРада\nСуд\nГерб"
    version = actions.import_draft(text.encode(), name="a.txt", by=ofi)
    set_aside.put_back(version, version.set_aside.all(), by=ofi)
    assert shape(version)[1:6] == [
        "  п. 1, підп. 1 1) так;",
        "  п. 1, абз. 2  Рада 3",
        "  п. 1, абз. 3  Суд 4",
        "  п. 1, абз. 4  Герб 5",
        "  п. 1, підп. 2 2) ні.",
    ]
    is_whole(version)


def test_another_import_begins_anew_and_residents_decide_nothing(version, ofi, olena):
    aside = version.set_aside.get()
    with pytest.raises(Refused):
        set_aside.leave_out(version, [aside], by=olena)
    assert refused_code(set_aside.leave_out, version, [], by=ofi) == "draft.nothing_set_aside"
    set_aside.leave_out(version, [aside], by=ofi)
    again = actions.import_version(version.draft, STATUTE.format("\t").encode(), by=ofi)
    assert SetAside.objects.get() == again.set_aside.undecided().get()


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "left_out"},
        {"decision": "so"},
        {"decided_at": "2026-12-01T00:00Z"},
        {"text": ""},
    ],
)
def test_postgresql_holds_what_a_decision_is(version, change):
    with pytest.raises(IntegrityError, match="drafts_setaside"), transaction.atomic():
        SetAside.objects.update(**change)
