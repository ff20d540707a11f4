"""The draft's text at the desk: imported, refused, mended, compared, published."""

from __future__ import annotations

import io
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from consultations.events import VersionPublished
from consultations.models import State
from consultations.text import actions
from drafts.clauses import actions as clauses
from drafts.events import VersionImported
from drafts.importing import ImportRefused
from drafts.models import Clause, Revision, Version
from drafts.versions.set_aside import put_back
from tests import factories
from tests.drafts import pdfs
from tests.drafts.files import DECISION, STATUTE
from tests.editing import carried

pytestmark = pytest.mark.django_db

CHANGED = factories.DRAFT.replace("8:00", "9:00")


def file(text: str = factories.DRAFT, name: str = "проєкт.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def brought_in(consultation, by, text: str = factories.DRAFT) -> Version:
    return actions.import_text(consultation, by=by, file=io.BytesIO(text.encode()), name="n.txt")


@pytest.fixture
def bare(department):
    """In preparation, without any text."""
    return factories.consultation(department, State.PREPARING, text=None)


def test_the_first_import_begins_the_draft(bare, ofi, emitted):
    version = brought_in(bare, ofi)
    bare.refresh_from_db()
    assert (version.draft, version.number, version.is_published) == (bare.draft, 1, False)
    assert [type(event) for event in emitted] == [VersionImported]


def test_a_second_import_replaces_the_preview(bare, ofi):
    brought_in(bare, ofi)
    bare.refresh_from_db()
    second = brought_in(bare, ofi, CHANGED)
    assert list(bare.draft.versions.all()) == [second]


def test_a_new_version_keeps_the_clauses_keys(opened, ofi, emitted):
    before = opened.draft.versions.get().clauses.get(number="2").key
    version = brought_in(opened, ofi, CHANGED)
    assert version.number == 2
    assert version.clauses.get(number="2").key == before
    emitted.clear()
    actions.publish_text(opened, by=ofi)
    assert emitted[-1] == VersionPublished(opened.pk, ofi.pk, version.pk)


def test_publishing_needs_a_preview(opened, ofi, refused):
    with refused("consultation.no_preview"):
        actions.publish_text(opened, by=ofi)


def test_the_text_of_what_was_withdrawn_stays(department, ofi, refused):
    withdrawn = factories.consultation(department, State.WITHDRAWN)
    with refused("consultation.withdrawn"):
        brought_in(withdrawn, ofi)
    with refused("consultation.withdrawn"):
        actions.publish_text(withdrawn, by=ofi)


def test_is_for_the_department_alone(bare, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            brought_in(bare, person)
        with refused("consultation.officers_only"):
            actions.publish_text(bare, by=person)
    assert not Version.objects.exists()


def test_a_wrong_file_leaves_nothing(bare, ofi):
    with pytest.raises(ImportRefused):
        actions.import_text(bare, by=ofi, file=io.BytesIO(b"%PDF-1.7 scan"), name="a.pdf")
    bare.refresh_from_db()
    assert bare.draft is None
    assert not Version.objects.exists()


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, ofi):
        client.force_login(ofi)

    def test_imports_and_shows_the_tree(self, client, bare):
        address = reverse("desk:import", args=[bare.pk])
        response = client.post(address, {"file": file()}, follow=True)
        assert response.redirect_chain == [(reverse("desk:text", args=[bare.pk]), 302)]
        assert "У дні свят майданчик працює до 23:00" in response.text
        assert "п. 2.1" in response.text

    def test_says_what_was_converted_and_from_what(self, client, bare, ofi):
        version = brought_in(bare, ofi)
        address = reverse("desk:text", args=[bare.pk])
        assert "LibreOffice" not in client.get(address).text
        Version.objects.filter(pk=version.pk).update(source_name="a.doc", source_format="doc")
        page = client.get(address).text
        assert "документ старого Word (.doc)" in page
        assert "LibreOffice" in page

    def test_a_pdf_is_published_once_it_was_compared(self, client, bare):
        text = [*DECISION.split("\n"), *(f"{n}. {'Слово ' * 99}" for n in range(4, 30))]
        made = pdfs.typeset(pdfs.lines(text), page=pdfs.NUMBERED)
        address = reverse("desk:import", args=[bare.pk])
        page = client.post(address, {"file": SimpleUploadedFile("a.pdf", made)}, follow=True)
        version = Version.objects.get()
        numbers = version.set_aside.count()
        assert (version.source_format, numbers > 2) == ("pdf", True)
        assert "Рядки на краях сторінок відкладено" in page.text
        assert "не такі, як" not in page.text
        assert "#doubts" in page.text
        first, *others = version.set_aside.in_order()
        put = {"do": "put_back", "aside": [first.pk, others[0].pk]}
        repair = reverse("desk:repair", args=[bare.pk])
        drawn = carried(client, reverse("desk:text", args=[bare.pk]))
        assert client.post(repair, drawn | put).status_code == 302
        assert version.clauses.in_order().first().text == first.text
        assert version.set_aside.filter(decision="put_back").count() == 2
        clauses.undo(version.revisions.get())
        assert version.set_aside.filter(decision="left_out").count() == numbers
        address = reverse("desk:publish", args=[bare.pk])
        assert "З PDF: перевірте текст" in client.get(address).text
        refused = client.post(address, carried(client, address))
        assert refused.status_code == 422
        assert "порівняйте" in refused.text
        data = carried(client, address) | {"is_compared": "on"}
        assert client.post(address, data).status_code == 302
        version.refresh_from_db()
        assert version.is_published

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\0\1\2" * 99])
    def test_refuses_a_wrong_file_in_words(self, client, bare, content):
        address = reverse("desk:import", args=[bare.pk])
        response = client.post(address, {"file": SimpleUploadedFile("a.docx", content)})
        assert response.status_code == 422
        assert "govuk-error-message" in response.text
        assert client.post(address, {}).status_code == 422

    def test_publishes_after_showing_what_changes(self, client, opened, ofi):
        brought_in(opened, ofi, CHANGED)
        address = reverse("desk:publish", args=[opened.pk])
        page = client.get(address).text
        assert "<del>" in page
        assert "<ins>" in page
        assert "Контроль за виконанням" not in page  # what stays is not shown
        drawn = carried(client, address)
        assert client.post(address, drawn).status_code == 302
        assert opened.draft.versions.published().count() == 2
        assert client.post(address, drawn).status_code == 409  # a colleague's press, a moment later

    def test_publishes_no_other_text_than_was_read(self, client, opened, ofi, admin):
        brought_in(opened, ofi, CHANGED)
        address = reverse("desk:publish", args=[opened.pk])
        drawn = carried(client, address)
        brought_in(opened, admin, CHANGED.replace("22:00", "21:00"))
        assert client.post(address, drawn).status_code == 409
        assert opened.draft.versions.published().count() == 1

    def clause(self, consultation, number):
        return Clause.objects.get(version__draft=consultation.draft, number=number)

    def address(self, name, consultation, clause):
        return reverse(f"desk:{name}", args=[consultation.pk, clause.pk])

    def drawn(self, client, name, consultation, clause):
        return carried(client, self.address("clause", consultation, clause), prefix=name)

    @pytest.fixture
    def preview(self, bare, ofi):
        brought_in(bare, ofi, factories.DRAFT.replace("(додається)", "(додається). Опублікувати"))
        bare.refresh_from_db()
        return bare

    def test_splits_at_a_sentence(self, client, preview):
        first = self.clause(preview, "1")
        page = client.get(self.address("clause", preview, first)).text
        place = first.text.index("Опублікувати")
        assert f'value="{place}"' in page
        data = {"split-at": place} | self.drawn(client, "split", preview, first)
        response = client.post(self.address("split", preview, first), data)
        assert response.status_code == 302
        first.refresh_from_db()
        assert first.text.endswith("(додається).")
        second = Clause.objects.get(version=first.version, position=first.position + 1)
        assert second.text == "Опублікувати."

    def test_splits_at_words(self, client, preview):
        clause = self.clause(preview, "2")
        address = self.address("split", preview, clause)
        data = {"split-words": "з 8:00"} | self.drawn(client, "split", preview, clause)
        assert client.post(address, data).status_code == 302
        clause.refresh_from_db()
        assert clause.text == "Установити, що майданчик працює"

    @pytest.mark.parametrize(
        "data",
        [{}, {"split-words": "нема таких"}, {"split-words": "00"}, {"split-at": "5"},
         {"split-words": "Установити"}],
    )  # fmt: skip
    def test_a_place_that_is_none_is_refused_in_words(self, client, preview, data):
        clause = self.clause(preview, "2")
        drawn = self.drawn(client, "split", preview, clause)
        response = client.post(self.address("split", preview, clause), data | drawn)
        assert response.status_code == 422
        assert "govuk-error" in response.text
        for words in data.values():
            assert words in response.text

    def test_joins(self, client, preview):
        clause = self.clause(preview, "2")
        drawn = self.drawn(client, "join", preview, clause)
        assert client.post(self.address("join", preview, clause), drawn).status_code == 302
        clause.refresh_from_db()
        assert "2.1. У дні свят" in clause.text
        # Pressed by a second officer, it would take one clause more.
        again = client.post(self.address("join", preview, clause), drawn)
        assert again.status_code == 409
        before = clause.text
        clause.refresh_from_db()
        assert clause.text == before

    def test_a_place_in_a_former_text_is_chosen_anew(self, client, preview):
        first = self.clause(preview, "1")
        drawn = self.drawn(client, "split", preview, first)
        join = self.drawn(client, "join", preview, first)
        client.post(self.address("join", preview, first), join)
        place = first.text.index("Опублікувати")
        response = client.post(self.address("split", preview, first), drawn | {"split-at": place})
        assert response.status_code == 409
        assert response.context["split_form"]["at"].value() is None

    def test_the_last_clause_has_nothing_to_join(self, client, preview):
        last = Clause.objects.filter(version__draft=preview.draft).order_by("position").last()
        assert client.post(self.address("join", preview, last)).status_code == 404

    def drawn_tree(self, client, consultation):
        return carried(client, reverse("desk:text", args=[consultation.pk]))

    def chosen(self, consultation, *numbers):
        clauses = Clause.objects.filter(version__draft=consultation.draft, number__in=numbers)
        return [str(clause.pk) for clause in clauses]

    def test_joins_several_at_once_and_undoes_it(self, client, preview):
        address = reverse("desk:repair", args=[preview.pk])
        before = list(preview.draft.versions.get().outline().values_list("pk", "text"))
        data = {"do": "join", "clause": self.chosen(preview, "2", "2.1", "3")}
        data |= self.drawn_tree(client, preview)
        assert client.post(address, data).status_code == 302
        page = client.get(reverse("desk:text", args=[preview.pk])).text
        assert f"Версія {settings.VERSION}" in page  # in the footer Viche's own, not the draft's
        assert preview.draft.versions.get().clauses.filter(number="3").count() == 0
        undo = reverse("desk:undo", args=[preview.pk, Revision.objects.get().pk])
        assert undo in page
        assert client.post(undo).status_code == 302
        assert before == list(preview.draft.versions.get().outline().values_list("pk", "text"))
        assert client.post(undo).status_code == 404

    def test_removes_a_range_sent_as_one_field_and_undoes_it(self, client, preview):
        address = reverse("desk:repair", args=[preview.pk])
        first = self.clause(preview, "1")
        data = {"do": "remove", "clause": " ".join(self.chosen(preview, "2", "2.1"))}
        response = client.post(address, data | self.drawn_tree(client, preview))
        assert response.url.endswith(f"#clause-{first.pk}")
        page = client.get(reverse("desk:text", args=[preview.pk])).text
        assert Revision.objects.get().old.startswith("2. Установити")
        assert "<del>" in page
        assert not self.chosen(preview, "2", "2.1")
        undo = reverse("desk:undo", args=[preview.pk, Revision.objects.get().pk])
        assert client.post(undo).status_code == 302
        assert len(self.chosen(preview, "2", "2.1")) == 2

    def test_more_parts_than_can_be_changed_at_once_are_refused(self, client, preview):
        chosen = " ".join([*self.chosen(preview, "2"), *map(str, range(10**9, 10**9 + 500))])
        data = {"do": "remove", "clause": chosen} | self.drawn_tree(client, preview)
        response = client.post(reverse("desk:repair", args=[preview.pk]), data)
        assert response.status_code == 422
        assert self.chosen(preview, "2")

    @pytest.mark.parametrize(
        ("do", "numbers"), [("join", ["1", "3"]), ("join", []), ("retype", ["1"]), ("", ["1"])]
    )
    def test_repairs_that_cannot_be_are_refused_in_words(self, client, preview, do, numbers):
        chosen = self.chosen(preview, *numbers)
        data = {"do": do, "kind": "table", "clause": chosen} | self.drawn_tree(client, preview)
        response = client.post(reverse("desk:repair", args=[preview.pk]), data)
        assert response.status_code == 422
        assert "govuk-error-summary" in response.text
        assert len(re.findall(r'name="clause"[^>]* checked>', response.text)) == len(chosen)

    def test_a_tree_that_a_colleague_has_changed_is_repaired_only_when_read(self, client, preview):
        address = reverse("desk:repair", args=[preview.pk])
        data = {"do": "join", "clause": self.chosen(preview, "2", "2.1")}
        drawn = self.drawn_tree(client, preview)
        assert client.post(address, data | drawn).status_code == 302
        third = {"do": "join", "clause": self.chosen(preview, "2", "3")}
        response = client.post(address, third | drawn)  # by somebody who has not seen that
        assert response.status_code == 409
        assert len(re.findall(r'name="clause"[^>]* checked>', response.text)) == 2
        assert preview.draft.versions.get().clauses.filter(number="3").exists()
        again = {"drawn_from": response.context["repair_form"]["drawn_from"].value()}
        assert client.post(address, third | again).status_code == 302

    def test_words_are_corrected_and_the_former_ones_stay_to_be_seen(self, client, preview):
        clause = self.clause(preview, "2")
        address = self.address("reword", preview, clause)
        drawn = self.drawn(client, "reword", preview, clause)
        data = {"reword-text": "Установити інше."} | drawn
        assert client.post(address, data).status_code == 302
        page = client.get(reverse("desk:text", args=[preview.pk])).text
        assert "<del>" in page
        # Somebody who saw the former words gets both, and nothing is stored.
        response = client.post(address, {"reword-text": "Зовсім інше."} | drawn)
        assert response.status_code == 409
        assert "Зовсім інше." in response.text
        assert "Установити інше." in response.text
        clause.refresh_from_db()
        assert clause.text == "Установити інше."
        heading = Clause.objects.filter(version=clause.version_id, marker="").first()
        drawn = self.drawn(client, "reword", preview, heading)
        address = self.address("reword", preview, heading)
        assert client.post(address, {"reword-text": ""} | drawn).status_code == 422

    def test_doubts_are_shown_before_publishing(self, client, bare, ofi):
        brought_in(bare, ofi, "1. Затвердити за додатком 3.\n2. Є.\n4. Контроль.")
        page = client.get(reverse("desk:publish", args=[bare.pk])).text
        fourth = Clause.objects.get(number="4")
        assert f"#clause-{fourth.pk}" in page
        assert page.count("#clause-") == 2
        assert "#doubts" in client.get(reverse("desk:text", args=[bare.pk])).text

    @pytest.mark.parametrize("do", ["leave_out", "put_back"])
    def test_contents_set_aside_are_decided_by_one_press(self, client, bare, ofi, do):
        version = brought_in(bare, ofi, STATUTE.format("\t"))
        tree, address = (reverse(f"desk:{name}", args=[bare.pk]) for name in ("text", "publish"))
        page = client.get(tree).text
        assert "Слів у файлі: 55, у тексті: 32, відкладено: 23." in page
        assert "6 рядків" in page
        refused = client.post(address, carried(client, address))
        assert refused.status_code == 422
        assert "Розділ ІІ. Рада 5" in refused.text
        drawn = {"drawn_from": refused.context["repair_form"]["drawn_from"].value()}
        data = {"do": do, "aside": version.set_aside.get().pk} | drawn
        response = client.post(reverse("desk:repair", args=[bare.pk]), data)
        made = version.clauses.filter(text="ЗМІСТ").first()
        assert response.url == (f"{tree}#clause-{made.pk}" if do == "put_back" else tree)
        page = client.get(tree).text
        assert ("Слів у файлі: 55, у тексті: 55, відкладено: 0." in page) == (do == "put_back")
        assert ("залишено поза текстом" in page.lower()) == (do == "leave_out")
        assert client.post(address, carried(client, address)).status_code == 302

    def test_an_older_preview_with_contents_in_its_tree_offers_to_remove_them(
        self, client, bare, ofi
    ):
        version = brought_in(bare, ofi, STATUTE.format("\t"))
        put_back(version, version.set_aside.all(), by=ofi)
        version.revisions.all().delete()
        version.set_aside.all().delete()
        response = client.get(reverse("desk:publish", args=[bare.pk]))
        group = response.context["doubts"][0]
        drawn = {"drawn_from": response.context["repair_form"]["drawn_from"].value()}
        data = {"do": "remove", "clause": group.removable} | drawn
        assert client.post(reverse("desk:repair", args=[bare.pk]), data).status_code == 302
        assert "#doubts" not in client.get(reverse("desk:text", args=[bare.pk])).text

    def test_says_when_words_of_the_file_are_nowhere(self, client, preview):
        address = reverse("desk:text", args=[preview.pk])
        assert "Порівняйте текст із файлом" not in client.get(address).text
        Version.objects.filter(draft=preview.draft).update(file_words=9_999)
        assert "Порівняйте текст із файлом" in client.get(address).text

    def test_renumbers(self, client, preview):
        clause = self.clause(preview, "3")
        data = {"renumber-marker": "2.2.", "renumber-kind": "clause", "renumber-depth": "1"}
        data |= self.drawn(client, "renumber", preview, clause)
        assert client.post(self.address("renumber", preview, clause), data).status_code == 302
        clause.refresh_from_db()
        assert (clause.number, clause.depth, clause.label) == ("2.2", 1, "п. 2.2")

    def test_a_level_that_cannot_be_is_refused(self, client, preview):
        clause = self.clause(preview, "3")
        data = {"renumber-marker": "9.", "renumber-kind": "clause", "renumber-depth": "7"}
        response = client.post(self.address("renumber", preview, clause), data)
        assert response.status_code == 422
        assert 'value="9."' in response.text

    @pytest.mark.parametrize("name", ["clause", "split", "join", "renumber", "reword"])
    def test_what_is_published_is_not_mended(self, client, opened, name):
        clause = self.clause(opened, "2")
        address = self.address(name, opened, clause)
        response = client.get(address) if name == "clause" else client.post(address, {})
        assert response.status_code == 404

    def test_anothers_clause_is_not_found_here(self, client, preview, opened):
        clause = self.clause(preview, "2")
        assert client.get(self.address("clause", opened, clause)).status_code == 404


def test_says_who_reads_what_was_published(client, bare, opened, ofi):
    client.force_login(ofi)
    for consultation, words in ((bare, "once the consultation is"), (opened, "reads now")):
        brought_in(consultation, ofi, CHANGED)
        with translation.override("en"):
            address = reverse("desk:publish", args=[consultation.pk])
        assert words in client.post(address, carried(client, address), follow=True).text
