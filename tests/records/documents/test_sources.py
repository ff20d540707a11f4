"""The register fills itself: what becomes public has a row, what is hidden has none."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from appeals.actions import publish_answer
from appeals.models import State as AppealState
from appeals.publishing.actions import set_consent
from consultations.models import State
from newsroom.articles import actions_life as news
from newsroom.models import State as NewsState
from records.documents.filling import fill
from records.models import Document
from tests import factories
from tests.appeals import factories as appeals
from tests.consultations.acts.test_acts import adopted
from tests.newsroom import factories as articles

pytestmark = pytest.mark.django_db


def rows(origin: str) -> list[Document]:
    return list(Document.objects.filter(origin=origin).order_by("pk"))


def test_an_act_has_a_row_in_its_own_transaction(department, ofi):
    decision = adopted(department, ofi)
    [row] = rows("act")
    assert (row.object_id, row.number, row.kind) == (decision.pk, "12/7", "act")
    assert (row.title, row.department_id) == ("Про тарифи", department.pk)
    assert row.address == f"/acts/{decision.pk}/"


def test_filled_again_it_changes_nothing_and_mends_what_was_lost(department, ofi):
    adopted(department, ofi)
    fill()
    before = list(Document.objects.order_by("pk").values_list("pk", "changed_at"))
    assert rows("version")
    assert fill() == 0
    assert list(Document.objects.order_by("pk").values_list("pk", "changed_at")) == before
    Document.objects.filter(origin="act").update(title="Інша назва")
    Document.objects.filter(origin="version").delete()
    call_command("fill_records", "--once")
    assert not rows("version")
    call_command("fill_records", verbosity=0)
    assert rows("version") and rows("act")[0].title == "Про тарифи"


def test_what_is_prepared_has_no_row(department):
    factories.consultation(department, State.PREPARING, text=factories.DRAFT)
    fill()
    assert not Document.objects.exists()


def test_an_article_comes_when_it_appears_and_goes_when_it_is_withdrawn(ofi, department):
    article = articles.article(NewsState.DRAFT, title="Про тролейбуси")
    assert not rows("article")
    news.publish(article, by=ofi)
    assert [row.title for row in rows("article")] == ["Про тролейбуси"]
    news.withdraw(article, by=ofi, reason="Помилка")
    assert not rows("article")


def test_an_answer_goes_with_the_consent(olena):
    appeal = appeals.appeal(olena, AppealState.ANSWERED)
    answer = set_consent(appeal.answers.get(), by=olena, agrees=True)
    boss = appeals.head(appeal.department)
    publish_answer(answer, by=boss, subject="Ліхтарі", question="Коли?", text="Увечері.")
    assert [row.title for row in rows("answer")] == ["Ліхтарі"]
    set_consent(answer, by=olena, agrees=False)
    assert not rows("answer")
