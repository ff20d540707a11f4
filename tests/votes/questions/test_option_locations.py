"""Options that are somewhere in the city: said at the desk, frozen, numbered on one map."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.db import IntegrityError
from lxml import html

from city.maps.drawing import drawing
from city.models import District, Street
from core.domain import council
from core.domain.rules import Refused
from tests import factories as house
from tests.city.maps.geojson import put_on_map
from tests.editing import carried
from tests.votes import factories
from votes.life import actions as life_actions
from votes.models import Option, State
from votes.questions import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def streets():
    """The street with a line, and the one of which the middle is known."""
    found = put_on_map()
    Street.objects.filter(slug="mostova").update(name_en="Mostova Street")
    council.forget_council()
    return found


@pytest.fixture
def draft(officer, department):
    return factories.poll(officer, department, State.DRAFT, questions=[factories.SINGLE])


@pytest.fixture
def located(officer, department, streets):
    """Three options on the map, in two streets and a district, and one that is nowhere."""
    options = [
        {"text": "Сквер на Береговій", "street": streets[0]},
        {"text": "Жодного скверу"},
        {"text": "Сквер на Мостовій", "street": streets[1]},
        {"text": "Усі сквери району", "district": District.objects.get(slug="beyond")},
    ]
    question = {"text": "Що оновити першим?", "kind": "single", "options": options}
    return factories.poll(officer, department, questions=[question])


def desk(poll, option):
    return f"/desk/polls/{poll.pk}/options/{option.pk}/location/"


# --- at the desk ----------------------------------------------------------------------------------


def test_it_is_said_at_the_desk_and_taken_back(client, officer, draft, streets):
    client.force_login(officer)
    option = draft.questions.get().options.first()
    page = desk(draft, option)
    sent = carried(client, page) | {"street": "вулиця Мостова"}
    assert client.post(page, sent).status_code == 302
    option.refresh_from_db()
    assert (option.street, option.district) == (streets[1], None)
    question = f"/desk/polls/{draft.pk}/questions/{option.question_id}/"
    assert "вулиця Мостова" in client.get(question).text
    assert client.post(page, carried(client, page) | {"street": ""}).status_code == 302
    option.refresh_from_db()
    assert option.location is None


def test_unknown_streets_and_two_locations_are_refused(client, officer, draft, streets):
    client.force_login(officer)
    option = draft.questions.get().options.first()
    page = desk(draft, option)
    for sent, field in (
        ({"street": "вулиця Небувала"}, "street"),
        ({"street": "вулиця Мостова", "district": streets[1].district_id}, "district"),
    ):
        answer = client.post(page, carried(client, page) | sent)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    option.refresh_from_db()
    assert option.location is None
    with pytest.raises(IntegrityError, match="option_in_a_street_or_a_district"):
        Option.objects.filter(pk=option.pk).update(
            street=streets[0], district=streets[0].district_id
        )


def test_an_option_whose_name_stays_keeps_its_location(officer, draft, streets):
    question = draft.questions.get()
    park = question.options.get(text="Парк")
    actions.set_location(park, by=officer, street=streets[0])
    described = factories.SINGLE | {"options": [{"text": "Ліс"}, {"text": "Парк"}]}
    actions.change_question(question, by=officer, described=described)
    assert question.options.get(text="Парк").street == streets[0]
    assert question.options.get(text="Ліс").location is None


def test_once_announced_it_stays(client, officer, located, streets):
    option = located.questions.get().options.first()
    client.force_login(officer)
    assert client.post(desk(located, option), {"street": ""}).status_code == 403
    with pytest.raises(Refused) as refused:
        actions.set_location(option, by=officer)
    assert refused.value.verdict.code == "poll.scheduled"


# --- on the poll's page ---------------------------------------------------------------------------


def figure(page):
    (found,) = html.fromstring(page).find_class("map")
    return found


def test_one_map_numbers_the_options_as_the_list_beside_it(client, located):
    shown = figure(client.get(f"/polls/{located.pk}/").text)
    (drawn,) = shown.xpath('.//*[@role="img"]')
    assert [each.text for each in drawn.find_class("map__mark")] == ["1", "2", "3"]
    assert len(drawn.find_class("map__street")) == 1
    assert len(drawn.find_class("map__area--here")) == 1, "of the district alone"
    (beside,) = shown.xpath(".//figcaption/ol")
    assert [" ".join(each.text_content().split()) for each in beside] == [
        "Сквер на Береговій вулиця Берегова",
        "Сквер на Мостовій вулиця Мостова",
        "Усі сквери району Нагірне",
    ]
    assert "Дані карти" in shown.text_content()
    centres = {(each.get("cx"), each.get("cy")) for each in drawn.find_class("map__point")}
    assert len(centres) == 3


def test_in_english_names_are_english_where_there_are_any(client, located):
    page = client.get(f"/en/polls/{located.pk}/").text
    shown = figure(page)
    beside = html.tostring(shown.xpath(".//figcaption/ol")[0], encoding="unicode")
    assert ">Mostova Street<" in beside
    assert '<span lang="uk">вулиця Берегова</span>' in beside
    assert '<span lang="uk">Сквер на Мостовій</span>' in beside
    assert "The options on the map" in page


def test_marks_of_one_place_stand_side_by_side(client, officer, department, streets):
    options = [{"text": f"Сквер {number}", "street": streets[1]} for number in range(4)]
    question = {"text": "Що оновити?", "kind": "single", "options": options}
    poll = factories.poll(officer, department, questions=[question])
    drawn = figure(client.get(f"/polls/{poll.pk}/").text)
    across = sorted(int(each.get("cx")) for each in drawn.find_class("map__point"))
    assert all(right - left >= 64 for left, right in pairwise(across))


def test_the_ballot_and_the_list_say_it_in_words(client, located, olena):
    said = re.compile(r"Де:\s+вулиця Мостова")
    assert said.search(client.get(f"/polls/{located.pk}/").text)
    client.force_login(olena)
    ballot = client.get(f"/polls/{located.pk}/vote/").text
    assert said.search(ballot)
    assert "map__drawing" not in ballot


def test_without_a_map_it_is_said_in_words_alone(client, officer, department):
    street = Street.objects.create(slug="mostova", name="вулиця Мостова")
    options = [{"text": "Парк", "street": street}, {"text": "Сквер"}]
    question = {"text": "Що?", "kind": "single", "options": options}
    poll = factories.poll(officer, department, questions=[question])
    page = client.get(f"/polls/{poll.pk}/").text
    assert "вулиця Мостова" in page
    assert "map__drawing" not in page


def test_a_poll_that_is_nowhere_has_no_map(client, officer, department, streets):
    poll = factories.poll(officer, department)
    assert "map__drawing" not in client.get(f"/polls/{poll.pk}/").text


def test_live_updates_do_not_fetch_the_map(client, located):
    assert "map__drawing" not in client.get(f"/polls/{located.pk}/standing/").text


def test_the_map_costs_no_query(client, located, django_assert_max_num_queries):
    drawing()  # it is kept from here
    with django_assert_max_num_queries(9):
        client.get(f"/polls/{located.pk}/")


# --- in the results and in the API ----------------------------------------------------------------


def test_results_show_the_same_map(client, officer, located):
    factories.close(located)
    life_actions.publish(located, by=officer)
    shown = figure(client.get(f"/polls/{located.pk}/results/").text)
    assert [each.text for each in shown.find_class("map__mark")] == ["1", "2", "3"]


def test_programs_read_where_an_option_is(client, located, django_assert_max_num_queries):
    council.council()
    with django_assert_max_num_queries(8):
        answer = client.get(f"/api/v1/polls/{located.pk}/").json()
    options = answer["questions"][0]["options"]
    found = [(each["street"], each["district"]) for each in options]
    assert found[1] == (None, None)
    assert found[2][0]["name_en"] == "Mostova Street"
    assert found[3] == (None, {"slug": "beyond", "name": "Нагірне", "name_en": ""})
