"""Which things answer, and in which order."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.http import QueryDict

from city.lists import actions as lists_actions
from consultations.remarks import actions
from core.db.search import document
from core.domain import clock
from core.domain.calendar import KYIV
from meetings.deputies import actions as deputies_actions
from search import site_pages
from search.asked import ask, is_known
from search.entries import fill
from search.finding import Place
from search.models import Entry
from search.site_pages import SITE_PAGES
from search.sources import SITE
from search.synonyms import thesaurus
from search.views import context, look_for
from tests import factories
from tests.meetings import factories as meetings
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db

FILE = Path(site_pages.__file__)
_AT = datetime(2030, 11, 16, 10, tzinfo=KYIV)


def things(words: str) -> list[tuple[str, int]]:
    return list(look_for(words)[1].things)


@pytest.fixture
def city(department, olena):
    """A city in which many words stand in many things."""
    draft = factories.consultation(department, title="Про правила вигулу собак", text=None)
    draft.search = document(A=draft.title, B="Де гуляти з собаками: у парку, у сквері, на березі.")
    draft.save(update_fields=["search"])
    titles = {
        "park": "Відкрити міський парк до 23:00",
        "seven": "Автобус № 7а до Кар’єрного",
        "shakhtarska": "Прибрати сміття на вулиці Шахтарській",
    }
    made = {
        name: petition(olena, title=title, text="Просимо.", search=document(A=title, B="Просимо."))
        for name, title in titles.items()
    }
    said = actions.remark(draft, by=olena, text="У парку до 23 години гуляють із собаками.")
    lists_actions.add("street", {"name": "вулиця Шахтарська", "slug": "shakhtarska"}, by=None)
    fill()
    return {"draft": ("consultations", draft.pk), "said": ("remarks", said.pk)} | {
        name: ("petitions", row.pk) for name, row in made.items()
    }


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("парк", "park"),
        ("парк до 23", "park"),
        ("автобус 7", "seven"),
        ("автобус 7a", "seven"),  # a Latin a
        ("маршрутка 7", "seven"),
        ("мусор шахтарская", "shakhtarska"),
        ("сміття шахтарське", "shakhtarska"),
        ("де можна вигулювати собаку", "draft"),
        ("dogs", "draft"),
        ("fdnj,ec", "seven"),
        ("парк", "park"),
        ("автобсу", "seven"),
        ("шахтарьска сміття", "shakhtarska"),
        ("Shakhtarska rubbish", "shakhtarska"),
        ("автобус до Карьерного", "seven"),
        ("открытие парка", "park"),
    ],
)
def test_the_right_thing_comes_first(city, words, first):
    assert things(words)[0] == city[first]


def test_a_street_is_found_by_its_name(city):
    assert things("вулиця шахтарська")[0][0] == "streets"
    assert things("вул. Шахтарська")[0][0] == "streets"


def test_a_title_comes_before_a_remark_of_all_the_words(city):
    found = things("парк до 23")
    assert found.index(city["park"]) < found.index(city["said"])


@pytest.mark.parametrize(
    ("words", "route"),
    [
        ("як створити петицію", "petitions:start"),
        ("как подать петицию", "petitions:start"),
        ("пожаловаться", "appeals:about"),
        ("акредитація журналістів", "press:apply"),
        ("frhtlbnfwsz", "press:apply"),
        ("персанальні дані", "privacy"),
        ("open data", "opendata:catalogue"),
        ("delete my account", "my_data_erase"),
    ],
)
def test_pages_of_the_site_are_found(city, words, route):
    (kind, pk), *_others = things(words)
    assert (kind, SITE_PAGES[pk].route) == (SITE, route)


def test_a_page_of_the_site_is_called_and_drawn_in_both_languages(client, city):
    shown = client.get("/search/?q=створити+петицію").text
    assert 'href="/petitions/start/"' in shown and "Сторінка сайту" in shown
    shown = client.get("/en/search/?q=start+a+petition").text
    assert 'href="/en/petitions/start/"' in shown and "Page of the site" in shown


def test_each_page_of_the_site_has_an_address_and_words():
    lines = (FILE.with_suffix(".txt")).read_text(encoding="utf-8").splitlines()
    said = [line.split(" ")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(said) == sorted(page.route for page in SITE_PAGES.values())
    for page in SITE_PAGES.values():
        assert page.get_absolute_url().endswith("/") and page.words
    assert len({page.title for page in SITE_PAGES.values()}) == len(SITE_PAGES)


def test_a_meeting_is_found_by_its_day():
    other = meetings.meeting("announced", begins_at=_AT - timedelta(days=62))
    held = meetings.meeting("announced", begins_at=_AT)
    fill()
    days = ("16 листопада", "сесія 16.11", "16.11.2030", "16/11", "2030-11-16", "november 16")
    for words in (*days, "листопад"):
        assert things(words)[0] == ("meetings", held.pk), words
        assert ("meetings", other.pk) not in things(words), words


def test_a_deputy_is_found_in_latin_letters(admin):
    deputy = deputies_actions.add_deputy(
        by=admin, name="Савицька Ірина Дмитрівна", since=date(2020, 11, 1)
    )
    deputies_actions.add_deputy(
        by=admin, name="Лукаш Тетяна Володимирівна", since=date(2020, 11, 1)
    )
    for words in ("Savytska", "Savitskaya", "deputy Iryna Savytska", "Савицкая"):
        assert things(words)[0] == ("deputies", deputy.pk), words


def test_what_is_open_comes_before_what_is_over(olena):
    now = clock.now()
    words = {"title": "Лавки", "text": "Просимо.", "search": document(A="Лавки", B="Просимо.")}
    made = [
        petition(olena, **words, published_at=at, closes_at=at + timedelta(days=90))
        for at in (now - timedelta(days=10), now - timedelta(days=400))
    ]
    fill()
    assert things("лавки")[:2] == [("petitions", row.pk) for row in made]


def test_pages_go_forth_and_back(city, department, olena):
    draft = factories.consultation(department, text=None)
    made = [actions.remark(draft, by=olena, text=f"Трамвай {n}").pk for n in range(25)]
    _asked, first, _switched = look_for("трамвай", kind="remarks")
    assert not first.previous_cursor
    second = look_for("трамвай", kind="remarks", after=first.next_cursor)[1]
    third = look_for("трамвай", kind="remarks", after=second.next_cursor)[1]
    assert not third.next_cursor
    seen = [pk for page in (first, second, third) for _kind, pk in page.things]
    assert sorted(seen) == sorted(made)
    again = look_for("трамвай", kind="remarks", after=third.previous_cursor)[1]
    assert again.things == second.things
    back = look_for("трамвай", kind="remarks", after=second.previous_cursor)[1]
    assert (back.things, back.previous_cursor) == (first.things, "")


@pytest.mark.parametrize("cursor", ["x", "\0", "n.1.1", "bi45OTk5OTk5OTk5OTk5OTk5LjE", "é"])
def test_a_wrong_cursor_begins_anew(city, cursor):
    assert look_for("парк", after=cursor)[1].things == look_for("парк")[1].things


def test_a_cursor_says_its_place():
    place = Place(True, 12, 7)
    assert Place.of(place.cursor) == place


def test_what_names_a_kind_stands_first_and_is_not_asked():
    asked = ask("петиція про парк", thesaurus(""))
    assert [group.word.text for group in asked.groups] == ["парк"]
    assert [group.kinds for group in asked.of_kinds] == [("petitions",)]
    assert [group.word.text for group in ask("петиція", thesaurus("")).groups] == ["петиція"]


def test_only_known_words_are_taken_for_another_layout():
    own = thesaurus("")
    assert is_known("автобус", own) and is_known("маршрутка парк", own)
    assert not is_known("фісдл", own) and not is_known("7", own) and not is_known("", own)


def test_a_hidden_thing_is_not_drawn_even_where_its_entry_stayed(city, mo, olena):

    Entry.objects.filter(kind="remarks").update(object_id=999_999)
    params = QueryDict("q=парк")
    assert all(result.kind != "remarks" for result in context(params)["results"])
