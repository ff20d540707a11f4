"""Synonyms widen what is asked; the council has its own beside those of the file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from city.models import Change
from consultations.remarks import actions
from core.domain.rules import Refused
from search.actions import set_synonyms
from search.asked import ask
from search.finding import ALL, find
from search.models import SynonymList
from search.synonyms import BadSynonyms, _thesaurus, parse, starter
from tests import factories

pytestmark = pytest.mark.django_db


def found(words: str, own: str = "") -> list[int]:
    asked = ask(words, _thesaurus(own))
    answer = find(asked, kind="remarks")
    return [pk for _kind, pk in answer.things] if answer.answers == ALL else []


@pytest.fixture(scope="module")
def terms() -> int:
    return sum(len(pairs) for _out, pairs in parse("\n".join(starter())))


@pytest.fixture
def said(department, olena):
    consultation = factories.consultation(department)
    texts = {
        "bus": "Автобуси ходять рідко.",
        "rubbish": "Сміття не вивозять.",
        "stop": "Зупинку треба накрити.",
        "heating": "Опалення увімкнули пізно.",
    }
    return {
        name: actions.remark(consultation, by=olena, text=text).pk for name, text in texts.items()
    }


def test_the_file_has_at_least_300_pairs_and_each_line_says_something(terms):
    assert terms > 600


def test_what_people_call_it_finds_it(said):
    for words, name in {
        "маршрутка": "bus",
        "маршруткою": "bus",
        "маршрутне таксі": "bus",
        "buses": "bus",
        "мусор": "rubbish",
        "мусора": "rubbish",
        "rubbish": "rubbish",
        "остановки": "stop",
        "bus stop": "stop",
        "отопления": "heating",
        "heating": "heating",
    }.items():
        assert said[name] in found(words), words


def test_a_line_goes_one_way_or_both_and_can_be_taken_out(said):
    assert not found("депо")
    assert found("депо", "депо > автобус") == [said["bus"]]
    assert found("депо", "депо = автобус") == [said["bus"]]
    assert said["bus"] not in found("маршрутка", "- автобус = маршрутка")


@pytest.mark.parametrize("lines", ["автобус", "= автобус", "автобус =", "автобус = і", "> а", "- "])
def test_a_line_that_says_nothing_is_refused(lines, admin):
    with pytest.raises(BadSynonyms):
        list(parse(lines))
    with pytest.raises(Refused) as refused:
        set_synonyms(f"депо = гараж\n{lines}", by=admin)
    assert refused.value.verdict.code == "search.bad_synonyms"
    assert "2" in str(refused.value)


def test_administrators_alone_change_them_with_a_trace(admin, ofi):
    with pytest.raises(Refused) as refused:
        set_synonyms("депо = гараж", by=ofi)
    assert refused.value.verdict.code == "city.administrators_only"
    set_synonyms("депо = гараж  \r\n", by=admin)
    set_synonyms("депо = гараж", by=admin)
    assert SynonymList.objects.get().lines == "депо = гараж"
    (change,) = Change.objects.filter(table="synonyms")
    assert change.values == {"lines": ["", "депо = гараж"]}


def test_the_page_of_the_desk(client, admin, said):
    client.force_login(admin)
    address = reverse("city_desk:synonyms")
    form = client.get(address)
    assert "автобус = маршрутка" in form.text
    drawn = form.context["form"]["drawn_from"].value()
    wrong = client.post(address, {"lines": "гараж", "drawn_from": drawn})
    assert wrong.status_code == 422 and "гараж" in wrong.text
    client.post(address, {"lines": "депо = автобус", "drawn_from": drawn})
    assert "Автобуси" in client.get("/search/?q=депо").text
    assert "депо = автобус" in client.get(reverse("city_desk:changes")).text
