"""An officer divides, joins and renumbers the clauses of a preview; nobody those of a version."""

import pytest

from core.domain import events
from core.domain.rules import Refused
from drafts.clauses import actions
from drafts.events import ClauseRenumbered, ClausesJoined, ClauseSplit
from drafts.models import Clause
from drafts.versions import actions as version_actions

TEXT = "1. Перше речення. Друге речення.\n1) дитина;\n2. Далі <b>:\nабзац.\n3. Кінець."


@pytest.fixture
def version(ofi):
    return version_actions.import_draft(TEXT.encode(), name="a.txt", by=ofi)


@pytest.fixture
def seen():
    """The events of actions, as handlers get them."""
    found = []
    for kind in (ClauseSplit, ClausesJoined, ClauseRenumbered):
        events.within(kind)(found.append)
    yield found
    for kind in (ClauseSplit, ClausesJoined, ClauseRenumbered):
        events._handlers[kind].remove(found.append)


def shape(version):
    return [f"{'  ' * c.depth}{c.label} {c.marker} {c.text}" for c in version.outline()]


def of(version, label):
    return version.clauses.get(label=label)


def refused_code(action, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        action(*args, **kwargs)
    return refused.value.verdict.code


def is_whole(version):
    """Positions without gaps, parents right above, one key each."""
    chain = []
    for position, clause in enumerate(version.outline().select_related("parent")):
        assert clause.position == position
        del chain[clause.depth :]
        assert clause.parent == (chain[-1] if chain else None)
        chain.append(clause)
    assert len(set(version.clauses.values_list("key"))) == version.clauses.count()


def test_split_a_clause_into_its_paragraphs(version, ofi, seen):
    clause = of(version, "п. 1")
    second = actions.split(clause, len("Перше речення."), by=ofi)
    assert shape(version)[:3] == [
        "п. 1 1. Перше речення.",
        "  п. 1, абз. 2  Друге речення.",
        "  п. 1, підп. 1 1) дитина;",
    ]
    assert Clause.objects.get(label="п. 1").key == clause.key
    assert seen == [ClauseSplit(version.pk, clause.pk, second.pk, ofi.pk)]
    is_whole(version)


def test_split_where_the_next_number_starts(ofi):
    version = version_actions.import_draft(
        "1. Одне. 2. Друге:\nа) дитина;\n3. Третє.".encode(), name="a.txt", by=ofi
    )
    actions.split(of(version, "п. 1"), len("Одне."), by=ofi)
    assert shape(version) == [
        "п. 1 1. Одне.",
        "п. 2 2. Друге:",
        "  п. 2, підп. «а» а) дитина;",
        "п. 3 3. Третє.",
    ]
    is_whole(version)


def test_split_keeps_emphasis(ofi):
    html = "<p>1. Раз <b>два. Три</b> чотири.</p>"
    version = version_actions.import_draft(html.encode(), by=ofi)
    actions.split(of(version, "п. 1"), len("Раз два."), by=ofi)
    assert [c.html for c in version.outline()] == ["Раз <b>два.</b>", "<b>Три</b> чотири."]


@pytest.mark.parametrize("at", [-5, 0, 32, 10_000])
def test_split_needs_words_on_both_sides(version, ofi, at):
    assert refused_code(actions.split, of(version, "п. 1"), at, by=ofi) == "draft.split_at_edge"


def test_tables_and_annexes_are_neither_split_nor_joined(ofi):
    table = "<table><tr><td>а<td>б<tr><td>в<td>г</table>"
    version = version_actions.import_draft(
        f"<p>1. А.</p>{table}<p>Додаток 1</p><p>1. Б.</p>".encode(), by=ofi
    )
    clause, table, annex, last = version.outline()
    assert refused_code(actions.split, table, 1, by=ofi) == "draft.cannot_split"
    assert refused_code(actions.split, annex, 1, by=ofi) == "draft.cannot_split"
    assert refused_code(actions.join, clause, table, by=ofi) == "draft.cannot_join"
    assert refused_code(actions.join, annex, last, by=ofi) == "draft.cannot_join"


def test_join_takes_over_what_stood_below(version, ofi, seen):
    first, second = of(version, "п. 1, підп. 1"), of(version, "п. 2")
    actions.join(first, second, by=ofi)
    assert shape(version) == [
        "п. 1 1. Перше речення. Друге речення.",
        "  п. 1, підп. 1 1) дитина;\n2. Далі <b>:",
        "    п. 1, підп. 1, абз. 2  абзац.",
        "п. 3 3. Кінець.",
    ]
    assert of(version, "п. 1, підп. 1").html == "дитина;<br>\n2. Далі &lt;b&gt;:"
    assert seen == [ClausesJoined(version.pk, first.pk, ofi.pk)]
    is_whole(version)


def test_what_is_split_can_be_joined_again(version, ofi):
    before = shape(version)
    second = actions.split(of(version, "п. 1"), len("Перше речення."), by=ofi)
    actions.join(of(version, "п. 1"), second, by=ofi)
    assert shape(version) == before


def test_only_neighbours_are_joined(version, ofi):
    one, three = of(version, "п. 1"), of(version, "п. 3")
    assert refused_code(actions.join, one, three, by=ofi) == "draft.not_neighbours"
    assert refused_code(actions.join, three, one, by=ofi) == "draft.not_neighbours"
    other = version_actions.import_draft("1. А.\n2. Б.".encode(), by=ofi)
    assert refused_code(actions.join, one, of(other, "п. 2"), by=ofi) == "draft.not_neighbours"


def test_renumber_changes_the_printed_number(version, ofi, seen):
    clause = of(version, "п. 2")
    actions.renumber(clause, marker="2-1.", by=ofi)
    assert shape(version)[2:4] == ["п. 2-1 2-1. Далі <b>:", "  п. 2-1, абз. 2  абзац."]
    assert of(version, "п. 2-1").number == "2-1"
    assert seen == [ClauseRenumbered(version.pk, clause.pk, ofi.pk)]


def test_renumber_moves_with_what_is_below(version, ofi):
    actions.renumber(of(version, "п. 2"), marker="2)", kind="subclause", depth=1, by=ofi)
    assert shape(version) == [
        "п. 1 1. Перше речення. Друге речення.",
        "  п. 1, підп. 1 1) дитина;",
        "  п. 1, підп. 2 2) Далі <b>:",
        "    п. 1, підп. 2, абз. 2  абзац.",
        "п. 3 3. Кінець.",
    ]
    is_whole(version)
    actions.renumber(of(version, "п. 1, підп. 1"), marker="5.", kind="clause", depth=0, by=ofi)
    assert [c.label for c in version.outline()] == [
        "п. 1",
        "п. 5",
        "п. 5, підп. 2",
        "п. 5, підп. 2, абз. 2",
        "п. 3",
    ]
    is_whole(version)


@pytest.mark.parametrize(
    ("label", "change", "code"),
    [
        ("п. 1", {"depth": 1}, "draft.bad_level"),
        ("п. 3", {"depth": 3}, "draft.bad_level"),
        ("п. 3", {"depth": -1}, "draft.bad_level"),
        ("п. 3", {"marker": "9" * 81}, "draft.bad_number"),
    ],
)
def test_renumber_refuses(version, ofi, label, change, code):
    assert refused_code(actions.renumber, of(version, label), by=ofi, **change) == code


def test_nothing_changes_in_a_published_version(version, ofi):
    version_actions.publish(version, by=ofi)
    one, below = of(version, "п. 1"), of(version, "п. 1, підп. 1")
    for action, args in ((actions.split, (one, 5)), (actions.join, (one, below))):
        assert refused_code(action, *args, by=ofi) == "draft.published"
    assert refused_code(actions.renumber, one, marker="7.", by=ofi) == "draft.published"
    assert refused_code(version_actions.publish, version, by=ofi) == "draft.already_published"


def test_publishing_an_empty_version_is_refused(version, ofi):
    version.clauses.all().delete()
    assert refused_code(version_actions.publish, version, by=ofi) == "draft.no_clauses"


def test_editing_annexes_keeps_their_names(ofi):
    from tests.drafts.files import DECISION

    version = version_actions.import_draft(DECISION.encode(), name="a.txt", by=ofi)
    before = [clause.label for clause in version.outline()]
    actions.renumber(of(version, "п. 3"), marker="3.", by=ofi)
    assert [clause.label for clause in version.outline()] == before


def test_queries_do_not_grow_with_the_version(ofi, django_assert_max_num_queries):
    text = "\n".join(f"{n}. Одне. Друге номер {n}." for n in range(1, 400))
    version = version_actions.import_draft(text.encode(), by=ofi)
    with django_assert_max_num_queries(10):
        actions.split(of(version, "п. 399"), len("Одне."), by=ofi)


def test_mending_one_clause_leaves_the_labels_of_the_others(ofi):
    from tests.drafts.test_labels import CODE

    version = version_actions.import_draft(CODE.encode(), name="a.txt", by=ofi)
    before = [clause.label for clause in version.outline()]
    actions.renumber(of(version, "п. 1"), marker="1.", by=ofi)
    assert [clause.label for clause in version.outline()] == before


class TestSeveral:
    """Repairs of several clauses at once."""

    PREAMBLE = "РІШЕННЯ\nПро тишу\nЗ метою\nспокою\nрада\n1. Так.\n2. Ні.\n3. Може."

    @pytest.fixture
    def version(self, ofi):
        return version_actions.import_draft(self.PREAMBLE.encode(), name="a.txt", by=ofi)

    def test_lines_are_joined_into_one(self, version, ofi):
        lines = list(version.outline())[2:5]
        actions.join_all(lines, by=ofi)
        assert [c.text for c in version.outline()][2:4] == ["З метою спокою рада", "Так."]
        is_whole(version)

    def test_only_what_stands_together_is_joined(self, version, ofi):
        clauses = list(version.outline())
        code = refused_code(actions.join_all, [clauses[1], clauses[3]], by=ofi)
        assert code == "draft.not_neighbours"
        assert refused_code(actions.join_all, clauses[:1], by=ofi) == "draft.nothing_to_join"

    def test_clauses_go_deeper_and_back(self, version, ofi):
        before = shape(version)
        last = list(version.outline())[-2:]
        actions.move_all(last, 1, by=ofi)
        assert [c.depth for c in version.outline()][-3:] == [0, 1, 1]
        is_whole(version)
        actions.move_all(list(version.outline())[-2:], -1, by=ofi)
        assert shape(version) == before
        one = of(version, "п. 1")
        assert refused_code(actions.move_all, [one], -1, by=ofi) == "draft.bad_level"

    def test_what_is_under_a_chosen_clause_moves_once(self, version, ofi):
        actions.move_all(list(version.outline())[-1:], 1, by=ofi)
        actions.move_all(list(version.outline())[-2:], 1, by=ofi)
        assert [c.depth for c in version.outline()][-3:] == [0, 1, 2]

    def test_clauses_become_something_else(self, version, ofi):
        actions.retype_all(list(version.outline())[:2], "heading", by=ofi)
        assert [c.kind for c in version.outline()][:3] == ["heading", "heading", "preamble"]
        code = refused_code(actions.retype_all, [version.outline()[0]], "table", by=ofi)
        assert code == "draft.cannot_retype"

    def test_a_line_that_becomes_an_annex_gives_its_number(self, ofi):
        text = "1. Так.\nДодаток 1 до рішення.\nСклад комісії."
        version = version_actions.import_draft(text.encode(), by=ofi)
        before = shape(version)
        line = version.outline()[1]
        actions.retype_all([line], "annex", by=ofi)
        assert shape(version)[1] == "  дод. 1 Додаток 1 до рішення."
        actions.undo(version.revisions.get(), by=ofi)
        assert shape(version) == before

    def test_every_change_is_undone_in_turn(self, version, ofi):
        states = [shape(version)]
        ids = [list(version.outline().values_list("pk", "key", "kind", "html", "role"))]

        def step(action, *args, **kwargs):
            action(*args, by=ofi, **kwargs)
            states.append(shape(version))
            ids.append(list(version.outline().values_list("pk", "key", "kind", "html", "role")))

        step(actions.join_all, list(version.outline())[1:6])
        step(actions.split, version.outline()[1], len("Про тишу"))
        step(actions.move_all, list(version.outline())[-1:], 1)
        step(actions.retype_all, list(version.outline())[:1], "heading")
        step(actions.renumber, of(version, "п. 2"), marker="2-1.")
        step(actions.reword, version.outline()[0], "УХВАЛА")
        while states:
            assert shape(version) == states.pop()
            found = list(version.outline().values_list("pk", "key", "kind", "html", "role"))
            assert found == ids.pop()
            is_whole(version)
            if states:
                actions.undo(version.revisions.latest_first().first(), by=ofi)
        assert not version.revisions.exists()

    def test_only_the_last_change_is_undone(self, version, ofi):
        actions.retype_all(list(version.outline())[:1], "heading", by=ofi)
        first = version.revisions.get()
        actions.retype_all(list(version.outline())[:1], "paragraph", by=ofi)
        assert refused_code(actions.undo, first, by=ofi) == "draft.not_last_change"
        last = version.revisions.latest_first().first()
        version_actions.publish(version, by=ofi)
        assert refused_code(actions.undo, last, by=ofi) == "draft.published"

    def test_words_are_corrected_with_a_trace(self, ofi):
        html = "<p>1. Тариф <b>діє</b> з <i>першого</i> січня.</p><p>2. Є.</p>"
        version = version_actions.import_draft(html.encode(), by=ofi)
        clause = of(version, "п. 1")
        was = clause.text
        actions.reword(clause, "Тариф діє з  першого лютого.", by=ofi)
        clause = of(version, "п. 1")
        assert clause.html == "Тариф <b>діє</b> з <i>першого</i> лютого."
        trace = version.revisions.of_words().get()
        assert (trace.by, trace.label, trace.old, trace.new) == (ofi, "п. 1", was, clause.text)
        actions.reword(clause, clause.text, by=ofi)  # the same words are no change
        version_actions.publish(version, by=ofi)
        assert refused_code(actions.reword, clause, "Ще.", by=ofi) == "draft.published"
        assert version.revisions.of_words().get() == trace
