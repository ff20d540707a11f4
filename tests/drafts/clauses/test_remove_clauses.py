"""An officer removes parts that are no part of the act; what stood under them stays."""

import pytest
from django.db import IntegrityError, transaction

from core.domain.rules import Refused
from drafts.clauses import actions
from drafts.events import ClausesRemoved
from drafts.models import Revision
from drafts.versions import actions as version_actions
from tests.drafts.clauses.test_edit_clauses import is_whole, of, refused_code, shape

PAGE = """Головна
Про раду
Про тишу
рада вирішила:
Розділ I. Загальне
1. Тихо.
1) вдень;
2) вночі.
Розділ II. Кінцеве
2. Контроль."""


@pytest.fixture
def version(ofi):
    return version_actions.import_draft(PAGE.encode(), name="a.txt", by=ofi)


def rows(version):
    fields = ("pk", "key", "kind", "html", "role", "parent_id", "is_match_confirmed")
    return list(version.outline().values_list(*fields))


def test_a_menu_is_removed_with_its_words_kept_and_undone(version, ofi, emitted):
    before, were = shape(version), rows(version)
    version.clauses.filter(position=1).update(is_match_confirmed=True)
    were = rows(version)
    emitted.clear()
    actions.remove_all(list(version.outline())[:2], by=ofi)
    assert [clause.text for clause in version.outline()][:2] == ["Про тишу", "рада вирішила:"]
    is_whole(version)
    trace = version.revisions.of_words().get()
    assert (trace.kind, trace.by, trace.old, trace.new) == ("remove", ofi, "Головна\nПро раду", "")
    assert emitted == [ClausesRemoved(version.pk, 2, ofi.pk)]
    actions.undo(trace, by=ofi)
    assert (shape(version), rows(version)) == (before, were)


def test_what_stood_under_a_removed_part_moves_up_into_its_place(version, ofi):
    before = shape(version)
    actions.remove_all([of(version, "розд. I"), of(version, "розд. II")], by=ofi)
    assert shape(version)[4:] == [
        "п. 1 1. Тихо.",
        "  п. 1, підп. 1 1) вдень;",
        "  п. 1, підп. 2 2) вночі.",
        "п. 2 2. Контроль.",
    ]
    is_whole(version)
    actions.undo(version.revisions.get(), by=ofi)
    assert shape(version) == before


def test_parts_within_parts_are_removed_together(version, ofi):
    gone = [of(version, label) for label in ("п. 1, підп. 2", "п. 1", "розд. I")]
    actions.remove_all(gone, by=ofi)
    assert [clause.text for clause in version.outline()][4:] == ["вдень;", "Кінцеве", "Контроль."]
    assert version.revisions.get().old == "Розділ I. Загальне\n1. Тихо.\n2) вночі."
    is_whole(version)


def test_something_stays(version, ofi):
    every = list(version.outline())
    assert refused_code(actions.remove_all, every, by=ofi) == "draft.nothing_stays"
    actions.remove_all(every[1:], by=ofi)
    assert [clause.text for clause in version.outline()] == ["Головна"]


def test_nothing_is_removed_from_what_is_published_or_by_a_resident(version, ofi, olena):
    first = version.outline()[0]
    with pytest.raises(Refused):
        actions.remove_all([first], by=olena)
    version_actions.publish(version, by=ofi)
    assert refused_code(actions.remove_all, [first], by=ofi) == "draft.published"


def test_tables_and_annexes_can_be_removed(ofi):
    table = "<table><tr><td>а<td>б<tr><td>в<td>г</table>"
    version = version_actions.import_draft(f"<p>1. А.</p>{table}<p>Додаток 1</p>".encode(), by=ofi)
    actions.remove_all(list(version.outline())[1:], by=ofi)
    assert [clause.marker for clause in version.outline()] == ["1."]
    actions.undo(version.revisions.get(), by=ofi)
    assert [clause.kind for clause in version.outline()] == ["clause", "table", "annex"]


def test_only_removed_words_stand_without_new_ones(version, ofi):
    actions.remove_all([version.outline()[0]], by=ofi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(new="слова")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(kind="join")


def test_a_contents_of_hundreds_of_lines_takes_few_statements(ofi, django_assert_max_num_queries):
    text = "\n".join(f"Рядок {n}" for n in range(400)) + "\n1. Тихо."
    version = version_actions.import_draft(text.encode(), by=ofi)
    with django_assert_max_num_queries(21):  # it is asked what refers to the parts
        actions.remove_all(list(version.outline())[:400], by=ofi)
