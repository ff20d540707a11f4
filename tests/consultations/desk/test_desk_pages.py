"""Every page of the desk: who may see it, that it renders in every state, its query budget."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import State
from consultations.remarks import actions
from drafts.versions import actions as drafts
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = (
    "detail",
    "edit",
    "announce",
    "dates",
    "withdraw",
    "report",
    "text",
    "import",
    "publish",
    "papers",
    "remarks",
)
#: Session, user, and what the page itself reads.
BUDGET = 14


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("page", PAGES)
def test_renders_in_every_state(client, department, ofi, page, state):
    consultation = factories.consultation(department, state)
    client.force_login(ofi)
    response = client.get(reverse(f"desk:{page}", args=[consultation.pk]))
    assert response.status_code == 200
    assert consultation.title in response.text


@pytest.mark.parametrize("page", ["list", "new"])
def test_renders(client, preparing, ofi, page):
    client.force_login(ofi)
    assert client.get(reverse(f"desk:{page}")).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_is_for_the_department_alone(client, opened, olena, mo, page):
    address = reverse(f"desk:{page}", args=[opened.pk])
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address}"
    other = factories.user(
        "other",
        role="officer",
        department=factories.department("Департамент освіти", slug="education"),
    )
    for person in (olena, mo, other):
        client.force_login(person)
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("page", ["list", "new"])
def test_lists_are_for_officers_alone(client, olena, mo, page):
    assert client.get(reverse(f"desk:{page}")).status_code == 302
    for person in (olena, mo):
        client.force_login(person)
        assert client.get(reverse(f"desk:{page}")).status_code == 403


def test_what_another_department_prepares_does_not_exist(client, preparing):
    other = factories.user(
        "other",
        role="officer",
        department=factories.department("Департамент освіти", slug="education"),
    )
    client.force_login(other)
    assert client.get(reverse("desk:detail", args=[preparing.pk])).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_budget(client, opened, ofi, olena, django_assert_max_num_queries, page):
    for number in range(25):
        made = actions.remark(opened, by=olena, text=f"Зауваження {number}")
        if number % 2:
            actions.answer(made, by=ofi, text="Враховано.")
    drafts.import_version(opened.draft, factories.DRAFT.replace("8:00", "9:00").encode(), by=ofi)
    client.force_login(ofi)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(reverse(f"desk:{page}", args=[opened.pk])).status_code == 200


def test_the_list_asks_as_much_for_many_as_for_one(
    client, department, ofi, django_assert_max_num_queries
):
    for state in State.values * 3:
        factories.consultation(department, state)
    client.force_login(ofi)
    with django_assert_max_num_queries(5):
        client.get(reverse("desk:list"))
    for state in State.values:
        assert client.get(reverse("desk:list") + f"?state={state}").status_code == 200


def test_speaks_english_too(client, opened, ofi):
    client.force_login(ofi)
    with translation.override("en"):
        response = client.get(reverse("desk:detail", args=[opened.pk]))
    assert "What is next" in response.text


def test_the_reports_page_says_by_when_and_what_the_procedure_gives(client, department, ofi):
    consultation = factories.consultation(department, State.CLOSED)
    client.force_login(ofi)
    page = client.get(reverse("desk:report", args=[consultation.pk]))
    assert f'<time datetime="{consultation.report_due_on:%Y-%m-%d}">' in page.text
    assert str(consultation.procedure.report_period) in page.text
