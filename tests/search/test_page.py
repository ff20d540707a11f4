"""The page of the search: every form of a word, past a slip, only what everybody may read."""

from __future__ import annotations

import html
from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse

from appeals.actions import publish_answer
from appeals.models import State as AppealState
from appeals.publishing.actions import set_consent
from consultations.decisions import actions as decisions
from consultations.life import actions as life_actions
from consultations.models import Consultation, State
from consultations.remarks import actions
from consultations.text import actions as text_actions
from core.db.search import document, switch_layout
from core.domain import clock
from core.domain.calendar import local_date
from newsroom.council_pages import actions as council_pages
from newsroom.council_pages.actions import PageText
from newsroom.models import Page
from search.entries import fill
from search.views import context, look_for
from tests import factories
from tests.appeals import factories as factories_of_appeals
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db


def _found(q: str, kind: str = "", after: str = "") -> dict:
    params = QueryDict(mutable=True)
    params.update({"q": q, "kind": kind, "after": after})
    return context(params)


def _counts(q: str) -> dict[str, int]:
    _asked, found, _switched = look_for(q)
    return found.counts or {}


def _page(client, q: str) -> str:
    return html.unescape(client.get("/search/", {"q": q}).content.decode())


@pytest.fixture
def prepared(ofi, department):
    """An announced consultation made by the actions, so that it is indexed."""
    made = factories.consultation(department, text=factories.DRAFT)
    made = life_actions.revise(made, by=ofi, fields={"summary": "Як упорядкувати кав’ярні."})
    fill()
    return made


@pytest.mark.parametrize(
    "words",
    ["літній майданчик", "ЛІТНІМИ МАЙДАНЧИКАМИ", "майданчику літньому", "літніх майданчиків"],
)
def test_finds_every_form(prepared, words):
    result = _found(words, "consultations")["results"][0]
    assert result.of.consultation == prepared
    assert any(found for _text, found in result.title)


def test_finds_clauses_and_leads_to_them(client, prepared):
    found = _found("свята", "clauses")["results"]
    assert [result.title[0][0] for result in found] == ["п. 2.1"]
    assert found[0].url.startswith(f"/consultations/{prepared.pk}/#c-")
    assert "<mark>свят</mark>" in client.get("/search/?q=свята&kind=clauses").content.decode()


def test_finds_a_clause_as_it_is_cited(prepared):
    assert "п. 2.1" in [r.title[0][0] for r in _found("п. 2.1", "clauses")["results"]]


def test_finds_remarks(prepared, olena):
    remark = actions.remark(prepared, by=olena, text="Гамір **заважає** спати.")
    (result,) = (
        _found("гамору заважає", "remarks")["results"] or _found("заважати", "remarks")["results"]
    )
    assert result.url == remark.get_absolute_url()
    assert "**" not in "".join(text for text, _found in result.excerpt)


def test_finds_published_answers_by_what_everybody_reads_alone(client, prepared, olena):
    appeal = factories_of_appeals.appeal(
        olena, AppealState.ANSWERED, subject="Таємна жирафа", text="Жирафа з вулиці Тихої."
    )
    answer = set_consent(appeal.answers.get(), by=olena, agrees=True)
    words = {"subject": "Коли світитимуть ліхтарі", "question": "Коли?", "text": "Увечері."}
    assert not _found("ліхтарів")["results"]
    boss = factories_of_appeals.head(appeal.department)
    publish_answer(answer, by=boss, **words)
    page = _page(client, "ліхтарів")
    assert reverse("appeals:answer", args=[answer.pk]) in page
    assert "Увечері" in page
    assert "жираф" not in page.lower()
    assert not _found("жирафа")["results"]


def test_all_kinds_stand_in_one_list_and_filters_have_no_zeros(client, prepared, olena):
    remark = actions.remark(prepared, by=olena, text="Літній майданчик мені заважає.")
    shown = _found("літній майданчик")
    assert shown["results"][0].of.consultation == prepared
    assert remark.get_absolute_url() in [result.url for result in shown["results"]]
    assert shown["filters"][0]["label"] == "Усе"
    assert all(item["count"] for item in shown["filters"][1:])
    only = _found("літній майданчик", "remarks")["results"]
    assert [result.url for result in only] == [remark.get_absolute_url()]
    page = _page(client, "літній майданчик")
    assert "Петиції" not in page.partition("</form>")[2].partition("</nav>")[0]


def test_a_slip_is_forgiven_and_said(client, prepared):
    shown = _found("майданчкиків")
    assert shown["how"] == "forgiven"
    assert shown["results"]
    assert not _found("майданчиків")["how"]


def test_things_with_some_of_the_words_follow_those_with_all(prepared, olena):
    noise = actions.remark(prepared, by=olena, text="Гучна реклама.")
    both = actions.remark(prepared, by=olena, text="Музика в парку, надто гучна.")
    music = actions.remark(prepared, by=olena, text="Музика, музика, музика.")
    shown = _found("гучна музика", "remarks")
    assert not shown["how"]
    assert shown["results"][0].url == both.get_absolute_url()
    assert {result.url for result in shown["results"][1:]} == {
        noise.get_absolute_url(),
        music.get_absolute_url(),
    }


def test_some_of_the_words_are_enough_when_nothing_has_all(client, prepared, olena):
    remark = actions.remark(prepared, by=olena, text="Трамвай.")
    shown = _found("зелений трамвай")
    assert shown["how"] == "some_words"
    assert [result.url for result in shown["results"]] == [remark.get_absolute_url()]
    assert "Усіх цих слів разом немає ніде" in _page(client, "зелений трамвай")


def test_a_word_for_a_kind_of_thing_leads_to_that_kind(olena):
    words = {"title": "Більше лавок у парку", "text": "Просимо поставити лавки."}
    park = petition(olena, **words, search=document(A=words["title"], B=words["text"]))
    fill()
    shown = _found("петиція про парк")
    assert shown["how"] == ""
    assert [result.of.petition for result in shown["results"]] == [park]


@pytest.mark.parametrize("typed", ["nhfvdfq", "NHFVDFQ", "nhfvdf'v"])
def test_words_typed_in_the_other_keyboard_layout_are_found(client, prepared, olena, typed):
    remark = actions.remark(prepared, by=olena, text="Трамвай трамваєм.")
    shown = _found(typed)
    assert shown["how"] == "switched"
    assert [result.url for result in shown["results"]] == [remark.get_absolute_url()]
    assert shown["switched"].casefold() in _page(client, typed).casefold()


def test_a_layout_is_switched_and_switched_back():
    for words in ("Ґрати об'їзду", "Європейський", "Fdnj,ec [fnf"):
        assert switch_layout(switch_layout(words)) == words
    assert switch_layout("fdnj,ec") == "автобус"


def test_only_the_newest_published_version_is_searched(prepared, ofi):
    changed = factories.DRAFT.replace("У дні свят", "У дні карнавалу").encode()
    text_actions.import_text(prepared, by=ofi, file=BytesIO(changed), name="draft.txt")
    assert "clauses" not in _counts("карнавал")
    assert _counts("свят")["clauses"] == 1
    text_actions.publish_text(prepared, by=ofi)
    assert _counts("карнавал")["clauses"] == 1
    assert "clauses" not in _counts("свят")


def test_what_is_not_announced_is_not_found(department, ofi):
    made = factories.consultation(department, State.PREPARING)
    life_actions.revise(made, by=ofi, fields={"summary": "Секретний намір."})
    for words in ("секретний", "намір", "майданчик"):
        assert not _counts(words)


def test_walks_all_results_by_pages(prepared, olena):
    made = {actions.remark(prepared, by=olena, text=f"Трамвай {n}").pk for n in range(23)}
    seen, after = [], ""
    for _page in range(9):
        shown = _found("трамвай", "remarks", after)
        seen += [result.url for result in shown["results"]]
        if not shown["next_url"]:
            break
        after = QueryDict(shown["next_url"].partition("?")[2])["after"]
    assert len(seen) == len(set(seen)) == len(made)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "і та або",
        "<script>alert(1)</script>",
        "'; DROP",
        "%",
        "\0",
        "а" * 5000,
        "&|!():*",
    ],
)
def test_any_words_are_taken(client, prepared, words):
    answer = client.get("/search/", {"q": words, "kind": "nonsense", "after": "nonsense"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_asks_few_questions_at_any_size(prepared, olena, django_assert_max_num_queries):
    """The synonyms, the statement, and what stands on the page: a query a kind."""
    for number in range(30):
        actions.remark(prepared, by=olena, text=f"Трамвай {number}")
    with django_assert_max_num_queries(3):
        _found("трамвай", "remarks")
    with django_assert_max_num_queries(3):
        _found("трамвайй зелений", "remarks")
    with django_assert_max_num_queries(4):  # once more, in the other layout
        _found("nhfvdfq", "remarks")
    with django_assert_max_num_queries(3):
        _found("дорадчий", "pages")


def test_finds_pages_of_the_council_in_both_languages(client, admin):
    fill()
    page = Page.objects.get(slug="services")
    assert _found("дорадчих органах", "pages")["results"][0].url == "/about/advisory-bodies/"
    text = PageText(
        title="Каталог послуг", text="Видаємо [довідки](https://cnap.example) про жирафів."
    )
    council_pages.change(page, text, by=admin, reason="Нові послуги")
    found, *_others = _found("довідка про жирафа", "pages")["results"]
    assert (found.url, found.of) == ("/about/services/", page.versions.latest("number"))
    assert "cnap.example" not in "".join(part for part, _found in found.excerpt)
    assert "Сторінка ради" in _page(client, "жирафом")
    english = PageText(title="Каталог", text="Жирафи", title_en="Services", text_en="Giraffes")
    council_pages.change(page, english, by=admin, reason="Переклад")
    shown = client.get("/en/search/?q=giraffes").content.decode()
    assert "<mark>Giraffes</mark>" in shown and 'href="/en/about/services/"' in shown
    assert "Page of the council" in shown and "Services" in shown


def test_finds_acts_by_their_words_and_by_their_number(client, ofi, department):
    made = factories.consultation(department, State.REPORTED, text=None, title="Про водойми міста")
    indexed = {"summary": "Береги ставків.", "search": document(A=made.title, B="Береги ставків.")}
    Consultation.objects.filter(pk=made.pk).update(**indexed)
    fields = {"outcome": "adopted", "decided_on": local_date(clock.now()), "number": "412-VIII"}
    decision = decisions.enter(made, by=ofi, fields=fields)
    for words in ("ставками", "водойма", "412-viii", "№ 412-VIII.", "рішення 412-VIII"):
        (found,) = _found(words, "acts")["results"]
        assert found.url == f"/acts/{decision.pk}/", words
    assert "№ 412-VIII" in _page(client, "рішення про водойми")
    assert _found("рішення про водойми")["results"][0].kind == "acts"


def test_words_of_an_erased_account_stay_without_a_name(client, prepared, olena):
    remark = actions.remark(prepared, by=olena, text="Трамвай.")
    remark.comment.author = None
    remark.comment.save(update_fields=["author"])
    api = f"/api/v1/consultations/{prepared.pk}/remarks/"
    assert client.get(api).json()["results"][0]["author"] is None
    for page in ("/", "/search/?q=трамвай", prepared.get_absolute_url(), api):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert olena.given_name not in answer.content.decode(), page
