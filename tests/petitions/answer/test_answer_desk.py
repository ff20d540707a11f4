"""An officer writes the answer: asked, decided, and steps with their days; what became of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.answer import actions
from petitions.models import Answer, Petition, State, Step
from tests.petitions import factories
from tests.petitions.editing import sent

pytestmark = pytest.mark.django_db
WORDS = {"asked": "Доріжку.", "decided": "Буде, бо треба.", "signed_as": "Міський голова"}


def filled(*steps, rows=3):
    data = {**WORDS, "steps-TOTAL_FORMS": str(rows), "steps-INITIAL_FORMS": "0"}
    for number, (text, due_on) in enumerate(steps):
        data |= {f"steps-{number}-text": text, f"steps-{number}-due_on": due_on}
    return data


@pytest.fixture
def decided(olena, department):
    return factories.petition(olena, State.SUPPORTED, department=department)


@pytest.fixture
def answered(olena, ofi, department):
    petition = factories.petition(olena, State.ANSWERED, department=department)
    Answer.objects.create(petition=petition, by=ofi, **WORDS)
    return petition


def test_publishes_the_answer_with_its_steps(client, decided, ofi, to):
    client.force_login(ofi)
    data = filled(("Замовити проєкт", "2027-03-01"), ("", ""), ("Збудувати", ""))
    there = client.post(to("answer", decided), data)
    assert there["Location"] == f"{to('detail', decided)}?done=answer:{decided.pk}"
    answer = Answer.objects.get()
    assert (answer.asked, answer.decided, answer.signed_as) == tuple(WORDS.values())
    steps = [(step.text, str(step.due_on)) for step in Step.objects.all()]
    assert steps == [("Замовити проєкт", "2027-03-01"), ("Збудувати", "None")]
    assert Petition.objects.get(pk=decided.pk).state_at(database_clock.now()) == State.ANSWERED
    page = client.get(there["Location"]).text
    assert "Замовити проєкт" in page and f"petition:{ofi.pk}:answer:{decided.pk}:decided" in page


def test_one_more_row_loses_nothing_and_publishes_nothing(client, decided, ofi, to):
    client.force_login(ofi)
    response = client.post(
        to("answer", decided), filled(("Замовити", "2027-03-01")) | {"more": "1", "decided": ""}
    )
    assert response.status_code == 200
    assert len(response.context["steps"].forms) == 4
    assert not response.context["form"].is_bound  # nobody is told of what is not written yet
    for words in ("Доріжку.", "Міський голова", "Замовити", "2027-03-01"):
        assert words in response.text
    assert not Answer.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-5", "999999999999", "12", "٣"])
def test_odd_numbers_of_rows_break_nothing(client, decided, ofi, to, total):
    client.force_login(ofi)
    data = filled() | {"steps-TOTAL_FORMS": total, "more": "1"}
    response = client.post(to("answer", decided), data)
    assert response.status_code == 200
    assert len(response.context["steps"].forms) <= 12


@pytest.mark.parametrize(
    "wrong",
    [{"decided": ""}, {"asked": " "}, {"signed_as": ""}, {"steps-0-due_on": "31.02.2027"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_missing_is_said_and_the_rest_kept(client, decided, ofi, to, wrong):
    client.force_login(ofi)
    data = filled(("Замовити проєкт", "2027-03-01")) | wrong
    response = client.post(to("answer", decided), data)
    assert response.status_code == 422
    assert "data-error-summary" in response.text
    assert "Замовити проєкт" in response.text
    assert not Answer.objects.exists()


def test_a_day_without_a_step_is_asked_about(client, decided, ofi, to):
    client.force_login(ofi)
    assert client.post(to("answer", decided), filled(("", "2027-03-01"))).status_code == 422


def test_an_answer_that_came_first_stands_above_what_was_written(client, decided, ofi, admin, to):
    client.force_login(ofi)
    actions.answer(decided, by=admin, **(WORDS | {"decided": "Відповідь А."}))
    data = filled(("Замовити проєкт", "2027-03-01")) | {"decided": "Відповідь Б."}
    response = client.post(to("answer", decided), data)
    assert response.status_code == 422
    for words in ("Відповідь А.", admin.get_full_name(), "Відповідь Б.", "Замовити проєкт"):
        assert words in response.text
    assert Answer.objects.get().decided == "Відповідь А."


def test_is_for_an_officer_after_the_decision(client, olena, ofi, sec, mo, department, to, decided):
    collecting = factories.petition(olena, department=department)
    client.force_login(ofi)
    page = client.get(to("answer", collecting))
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert client.post(to("answer", collecting), filled()).status_code == 422
    for person in (sec, mo, olena):
        client.force_login(person)
        assert client.get(to("answer", decided)).status_code == 403
        assert client.post(to("answer", decided), filled()).status_code == 403
    assert not Answer.objects.exists()


def test_the_page_has_its_budget(client, decided, ofi, to, django_assert_max_num_queries):
    client.force_login(ofi)
    with django_assert_max_num_queries(7):
        assert client.get(to("answer", decided)).status_code == 200


def test_a_step_is_added_and_its_progress_told(client, answered, sec, to):
    client.force_login(sec)
    client.post(to("promise", answered), {"text": "Оголосити тендер", "due_on": "2027-01-15"})
    step = Step.objects.get()
    note = sent("note_step", step, note="Триває тендер")
    assert client.post(to("note_step", answered, step), note).status_code == 302
    step.refresh_from_db()
    assert (step.done_on, step.note) == (None, "Триває тендер")
    today = local_date(database_clock.now())
    done = sent("note_step", step, done_on=today, note="Готово")
    client.post(to("note_step", answered, step), done)
    step.refresh_from_db()
    assert step.done_on == today


def test_an_overdue_step_is_red_until_it_is_done(client, answered, sec, to):
    yesterday = local_date(database_clock.now()) - timedelta(days=1)
    step = Step.objects.create(petition=answered, text="Крок", due_on=yesterday, by=sec)
    client.force_login(sec)
    page = client.get(to("detail", answered))
    words = page.context["step"].urgency.words
    assert words and page.text.count(words) == 2
    client.post(to("note_step", answered, step), sent("note_step", step, done_on=yesterday))
    page = client.get(to("detail", answered))
    assert words not in page.text


def test_progress_of_the_future_is_refused_and_kept(client, answered, sec, to):
    step = Step.objects.create(petition=answered, text="Крок", by=sec)
    client.force_login(sec)
    day = local_date(database_clock.now()) + timedelta(days=2)
    data = sent("note_step", step, done_on=day, note="Майже готово")
    response = client.post(to("note_step", answered, step), data)
    assert response.status_code == 422
    assert "Майже готово" in response.text
    assert client.post(to("note_step", answered, step), {}).status_code == 422


def test_a_step_answers_under_its_own_petition_alone(client, olena, answered, decided, sec, to):
    step = Step.objects.create(petition=answered, text="Крок", by=sec)
    client.force_login(sec)
    data = {f"s{step.pk}-note": "Чуже"}
    assert client.post(to("note_step", decided, step), data).status_code == 404
    step.refresh_from_db()
    assert step.note == ""
