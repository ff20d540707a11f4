"""The answer's page: what was asked, what was decided, what was done by when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html

from core.domain import clock
from core.domain.calendar import local_date
from petitions.answer import actions
from petitions.models import Answer, State, Step
from tests.petitions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(olena, ofi, department):
    made = factories.petition(olena, State.ANSWERED, department=department)
    Answer.objects.create(
        petition=made,
        asked="Поставити лавки.",
        decided="Лавки поставлять.",
        by=ofi,
        signed_as="Міський голова",
    )
    return made


def page_of(client, petition, prefix=""):
    answer = client.get(f"{prefix}/petitions/{petition.pk}/answer/")
    assert answer.status_code == 200
    return " ".join(
        html.fromstring(answer.content).get_element_by_id("main").text_content().split()
    )


def test_says_what_was_asked_decided_and_by_whom(client, answered):
    words = page_of(client, answered)
    asked, decided = words.index("Поставити лавки."), words.index("Лавки поставлять.")
    assert asked < decided < words.index("Міський голова")
    assert answered.department.name in words


def test_a_department_that_signed_is_not_named_again_in_english(client, answered, settings):
    settings.SHARED_PAGE_SECONDS = 0
    department = answered.department
    type(department).objects.filter(pk=department.pk).update(name_en="Parks Office")
    assert "Parks Office" in page_of(client, answered, "/en")
    Answer.objects.update(signed_as=f"Начальниця, {department.name}")
    assert "Parks Office" not in page_of(client, answered, "/en")


def test_each_promise_says_what_became_of_it(client, answered, ofi):
    today = local_date(clock.now())
    step = {"petition": answered, "by": ofi}
    Step.objects.create(**step, text="Зроблене", done_on=today, due_on=today, note="Готово.")
    Step.objects.create(**step, text="Прострочене", due_on=today - timedelta(days=1))
    Step.objects.create(**step, text="Ще попереду", due_on=today)
    page = html.fromstring(client.get(f"/petitions/{answered.pk}/answer/").content)
    steps = page.xpath("//li[starts-with(@class, 'step')]")
    assert [each.get("class") for each in steps] == ["step step--done", "step step--late", "step"]
    assert "Готово." in steps[0].text_content()
    assert "Виконано обіцянок: 1 з 3." in page.get_element_by_id("main").text_content()


def test_a_later_note_is_there_at_the_next_request(client, answered, ofi):
    step = Step.objects.create(petition=answered, by=ofi, text="Лавки", due_on=None)
    assert "Стоять" not in page_of(client, answered)
    actions.note_step(step, by=ofi, done_on=local_date(clock.now()), note="Стоять уже дві.")
    assert "Стоять уже дві." in page_of(client, answered)


@pytest.mark.parametrize("state", [state for state in State if state != State.ANSWERED])
def test_there_is_none_before(client, olena, state):
    made = factories.petition(olena, state)
    assert client.get(f"/petitions/{made.pk}/answer/").status_code == 404


def test_costs_four_queries(client, answered, ofi, settings, django_assert_max_num_queries):
    settings.SHARED_PAGE_SECONDS = 0
    for number in range(9):
        Step.objects.create(petition=answered, by=ofi, text=f"Крок {number}")
    with django_assert_max_num_queries(4):
        page_of(client, answered, "/en")
