"""The index holds what is public, in the transaction of each change, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.actions import publish_answer
from appeals.models import State as AppealState
from appeals.publishing.actions import set_consent
from city.lists import actions as lists_actions
from consultations.life import actions as life_actions
from consultations.models import State
from consultations.remarks import actions
from core.domain.actions import action
from discussions import actions as discussion
from discussions.indexing import index_again
from discussions.models import Comment
from meetings.deputies import actions as deputies_actions
from meetings.outcome.handlers_index import index_meeting
from meetings.questions import actions as floor
from newsroom.articles import actions_life as news
from newsroom.models import State as NewsState
from petitions.life import actions as petition_life
from petitions.models import State as PetitionState
from search.entries import fill, refresh
from search.models import Entry
from tests import factories
from tests.appeals import factories as appeals
from tests.meetings import factories as meetings
from tests.newsroom import factories as articles
from tests.petitions.factories import petition

pytestmark = pytest.mark.django_db


def entered(kind: str) -> set[int]:
    return set(Entry.objects.filter(kind=kind).values_list("object_id", flat=True))


@pytest.fixture
def opened(department):
    return factories.consultation(department, text=factories.DRAFT)


def test_it_is_filled_anew_and_then_changes_nothing(opened, olena, ofi, capsys):
    factories.consultation(opened.department, State.PREPARING)
    remark = actions.remark(opened, by=olena, text="Гамір заважає.")
    assert fill() > 3
    assert fill() == 0
    assert entered("consultations") == {opened.pk}
    assert len(entered("clauses")) > 3
    assert entered("remarks") == {remark.pk}
    Entry.objects.all().delete()
    call_command("fill_search", "--once")
    assert entered("remarks") == {remark.pk}
    Entry.objects.filter(kind="remarks").delete()
    call_command("fill_search", "--once")
    assert not entered("remarks")
    call_command("fill_search")
    assert entered("remarks") == {remark.pk}


def test_a_remark_costs_one_statement_and_is_entered_once(opened, olena):
    with CaptureQueriesContext(connection) as asked:
        actions.remark(opened, by=olena, text="Гамір заважає.")
    assert sum("search_entry" in query["sql"] for query in asked.captured_queries) <= 1
    fill()
    said = actions.remark(opened, by=olena, text="Інше слово.")
    discussion.edit(said.comment, by=olena, text="Третє слово.")
    with action():
        refresh("remarks", (said.pk,))
        refresh("remarks", (said.pk,))
    assert fill() == 0


def test_what_is_hidden_or_deleted_has_no_entry(opened, olena, mo):
    hidden = actions.remark(opened, by=olena, text="Гамір заважає.")
    gone = actions.remark(opened, by=olena, text="Музика гучна.")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Порушує правила")
    discussion.delete(gone.comment, by=olena)
    assert not entered("remarks")
    discussion.restore(hidden.comment, by=mo)
    assert entered("remarks") == {hidden.pk}


def test_an_organisations_remarks_follow_its_name(opened, olena):
    company = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, company, is_head=True)
    said = actions.remark(opened, by=olena, text="Слово.", organisation_id=company.pk)
    company.short_name = "ТОВ «Веранда»"
    company.save(update_fields=["short_name"])
    index_again(company.pk)
    assert Entry.objects.get(kind="remarks").search == Comment.objects.get(pk=said.pk).search


def test_what_is_in_preparation_has_none(department, ofi):
    made = factories.consultation(department, State.PREPARING)
    life_actions.revise(made, by=ofi, fields={"summary": "Секретний намір."})
    assert not entered("consultations") and not entered("clauses")


def test_a_petition_comes_with_its_publication_alone(olena, mo):
    checked = petition(olena, PetitionState.MODERATION)
    assert not entered("petitions")
    petition_life.publish(checked, by=mo)
    assert entered("petitions") == {checked.pk}
    petition_life.withdraw(checked, by=olena, reason="Уже зроблено.")
    assert entered("petitions") == {checked.pk}  # its page stays


def test_an_article_comes_when_it_appears_and_goes_when_withdrawn(ofi, department):
    article = articles.article(NewsState.DRAFT, title="Про тролейбуси")
    assert not entered("news")
    news.publish(article, by=ofi)
    assert entered("news") == {article.pk}
    news.withdraw(article, by=ofi, reason="Помилка")
    assert not entered("news")


def test_an_answer_goes_with_the_consent(olena):
    appeal = appeals.appeal(olena, AppealState.ANSWERED)
    answer = set_consent(appeal.answers.get(), by=olena, agrees=True)
    boss = appeals.head(appeal.department)
    publish_answer(answer, by=boss, subject="Ліхтарі", question="Коли?", text="Увечері.")
    assert entered("answers") == {answer.pk}
    set_consent(answer, by=olena, agrees=False)
    assert not entered("answers")


def test_a_meeting_comes_with_its_notice_and_its_words_soon_after():
    held = meetings.meeting("announced")
    assert entered("meetings") == {held.pk}
    index_meeting(held.pk)
    entry = Entry.objects.get(kind="meetings")
    assert entry.title == held.title
    assert "питаня" in entry.search and "питаня" not in entry.heads


def test_a_question_comes_when_everybody_reads_it_and_goes_when_hidden(olena):
    held = meetings.meeting("running")
    waits = meetings.question(held, olena)
    assert not entered("questions")
    floor.show(waits, by=meetings.secretary())
    assert entered("questions") == {waits.pk}
    floor.hide(waits, by=meetings.secretary(), reason="Не стосується питання")
    assert not entered("questions")


def test_deputies_streets_and_districts_follow_the_councils_lists(admin):
    deputy = deputies_actions.add_deputy(
        by=admin, name="Криворучко Олег Іванович", since=date(2020, 11, 1)
    )
    assert entered("deputies") == {deputy.pk}
    district = lists_actions.add("district", {"name": "Заріччя", "slug": "zarichchia"}, by=admin)
    street = lists_actions.add("street", {"name": "вулиця Довга", "slug": "dovha"}, by=admin)
    assert (entered("districts"), entered("streets")) == ({district.pk}, {street.pk})
    lists_actions.change(street, {"name": "вулиця Коротка"}, by=admin)
    assert Entry.objects.get(kind="streets").title == "вулиця Коротка"
    lists_actions.close(street, by=admin)
    assert not entered("streets")
    fill()
    assert fill() == 0
