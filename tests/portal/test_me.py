"""My page: what I said and what became of it, for whom I act; mine alone."""

from __future__ import annotations

import pytest

from consultations.remarks import actions
from discussions import actions as discussion
from portal.me import context
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(opened, olena):
    return actions.remark(opened, by=olena, text="Зробіть пандус.")


def _page(client, user) -> str:
    client.force_login(user)
    answer = client.get("/account/me/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def test_asks_who_is_not_signed_in_to(client):
    answer = client.get("/account/me/")
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_shows_my_words_and_the_answer(client, said, olena, ofi):
    actions.answer(said, by=ofi, text="Пандус буде.")
    page = _page(client, olena)
    assert "Зробіть пандус." in page
    assert "Пандус буде." in page
    assert said.consultation.title in page


def test_shows_a_hidden_one_with_its_reason_and_the_way_to_appeal(client, said, olena, mo):
    discussion.hide(said.comment, by=mo, reason="personal", note="Тут чужа адреса.")
    page = _page(client, olena)
    assert "Зробіть пандус." in page
    assert "Тут чужа адреса." in page
    assert "mailto:" in page
    assert said.get_absolute_url() not in page


def test_shows_nothing_of_others(client, said, bohdan):
    assert "Зробіть пандус." not in _page(client, bohdan)


def test_a_deleted_one_is_gone(client, said, olena):
    discussion.delete(said.comment, by=olena)
    assert "Зробіть пандус." not in _page(client, olena)


def test_my_reply_leads_to_its_remark_while_that_is_shown(client, said, bohdan, mo):
    actions.reply(said, by=bohdan, text="Підтримую.")
    assert f"{said.get_absolute_url()}#replies" in _page(client, bohdan)
    discussion.hide(said.comment, by=mo, reason="spam", note="Порушує правила")
    page = _page(client, bohdan)
    assert "Підтримую." in page
    assert said.get_absolute_url() not in page


def test_names_the_organisations_that_i_act_for(client, olena, firm):
    factories.organisation("ТОВ «Тераса»", firm)
    page = _page(client, firm)
    assert "ТОВ «Тераса»" in page
    assert "Ви можете:" in page
    assert "ТОВ «Тераса»" not in _page(client, olena)


def test_leads_to_my_account_and_my_data(client, olena):
    page = _page(client, olena)
    for address in ("/account/", "/account/data/", "/account/organisations/"):
        assert f'href="{address}"' in page


def test_asks_few_questions_at_any_size(opened, olena, ofi, django_assert_max_num_queries):
    for number in range(3):
        factories.organisation(f"ТОВ «{number}»", olena)
    for number in range(11):
        actions.answer(actions.remark(opened, by=olena, text=f"{number}"), by=ofi, text="Так.")
    with django_assert_max_num_queries(9):
        first = context(olena)
    second = context(olena, after=first["next_url"].partition("after=")[2])
    assert len(first["said"]) + len(second["said"]) == 11
    assert [each.pk for each in first["consultations"]] == [opened.pk]
