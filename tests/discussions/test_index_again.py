"""An organisation has another name: what was said in its name is found by that."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.data.actions import erase
from consultations.remarks.actions import remark
from core.db.search import query
from discussions.jobs import index_organisation
from discussions.models import Comment
from organisations.confirming import actions as confirming_actions
from organisations.registering import actions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(department):
    return factories.consultation(department)


def found(words: str) -> int:
    return Comment.objects.filter(search=query(words)).count()


def rename(company, *, by, ofi, accept: bool = True) -> None:
    new = {"name": "ТОВ «Веранда»", "short_name": "ТОВ «Веранда»", "location": "вул. Нова, 1"}
    asked = actions.amend(company, by=by, fields=new)
    confirming_actions.decide_amendment(
        asked, by=ofi, accept=accept, reason="" if accept else "Інша назва"
    )


def left_behind() -> list[dict[str, int]]:
    jobs = ProcrastinateJob.objects.filter(task_name="discussions.jobs.index_organisation")
    return list(jobs.values_list("args", flat=True))


def test_it_is_found_by_the_new_name(opened, olena, ofi):
    company = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, company, is_head=True)
    for number in range(3):
        remark(opened, by=olena, text=f"Слово {number}.", organisation_id=company.pk)
    remark(opened, by=olena, text="Тераса – моє слово.")
    rename(company, by=olena, ofi=ofi)
    [job] = left_behind()
    index_organisation(**job)
    assert (found("веранда"), found("тераса"), found("слово")) == (3, 1, 4)


def test_what_was_turned_down_changes_nothing(opened, olena, ofi):
    company = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, company, is_head=True)
    rename(company, by=olena, ofi=ofi, accept=False)
    assert left_behind() == []


def test_a_sole_proprietor_who_is_erased_is_found_by_no_name(opened, olena, firm):
    """What a colleague said in her name stood in the index with the name that was erased."""
    sole = factories.organisation(
        "ФОП Ганна Ткач", olena, firm, kind="sole", code="", code_key="b" * 64
    )
    said = remark(opened, by=firm, text="Слово.", organisation_id=sole.pk)
    assert found("ткач") == 1
    erase(olena, by=olena)
    assert (found("ткач"), found("слово")) == (0, 1)
    assert "ткач" not in str(Comment.objects.get(pk=said.pk).search)
