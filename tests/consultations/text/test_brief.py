"""What changes, in five lines: asked for when a consultation is announced, shown first."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations.life import actions
from consultations.models import Consultation, State
from tests import factories
from tests.editing import carried

pytestmark = pytest.mark.django_db

LINES = "Маршрут № 7 не їздить до лікарні.\nКвиток коштує 15 гривень."


@pytest.fixture
def without(department):
    return factories.consultation(department, State.PREPARING, brief="")


def test_nothing_is_announced_without_it(without, ofi, refused):
    with refused("consultation.no_brief"):
        actions.announce(without, by=ofi)
    actions.revise(without, by=ofi, fields={"brief": LINES})
    assert actions.announce(without, by=ofi).brief == LINES


def test_the_checklist_says_that_it_is_missing(client, without, ofi):
    client.force_login(ofi)
    page = client.get(reverse("desk:announce", args=[without.pk])).text
    assert "Скажіть щонайбільше п’ятьма рядками, що і для кого зміниться." in page
    assert f'href="{reverse("desk:edit", args=[without.pk])}"' in page


def test_what_people_have_read_is_not_taken_away(opened, ofi, refused):
    with refused("consultation.no_brief"):
        actions.revise(opened, by=ofi, fields={"brief": ""})


def test_one_announced_before_it_was_asked_for_stays_without(client, department, ofi):
    older = factories.consultation(department, brief="")
    actions.revise(older, by=ofi, fields={"title": "Інша назва"})
    page = client.get(older.get_absolute_url()).text
    assert 'id="brief"' not in page
    assert older.summary in page


@pytest.mark.parametrize(
    ("brief", "error"),
    [
        ("\n".join("абвгдж"), "Щонайбільше п’ять рядків: тут їх 6."),
        ("а" * 601, "600"),
    ],
)
def test_the_form_refuses_what_is_too_long(client, without, ofi, brief, error):
    client.force_login(ofi)
    address = reverse("desk:edit", args=[without.pk])
    answer = client.post(address, {"brief": brief} | carried(client, address))
    assert answer.status_code == 422
    assert error in str(answer.context["form"].errors["brief"])


def test_the_form_drops_empty_lines(client, without, ofi):
    client.force_login(ofi)
    address = reverse("desk:edit", args=[without.pk])
    answer = client.post(address, {"brief": "  а  б\r\n\r\n в\r\n"} | carried(client, address))
    assert answer.context["form"].cleaned_data["brief"] == "а б\nв"


@pytest.mark.parametrize(
    "fields",
    [{"brief": "а\n" * 5 + "а"}, {"brief_en": "a\n" * 5 + "a"}, {"brief": "", "brief_en": "a"}],
)
def test_the_database_keeps_its_limits(opened, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=opened.pk).update(**fields)


def test_stands_first_on_the_page_in_its_language(client, department):
    opened = factories.consultation(department, brief=LINES, brief_en="A ticket costs 15 hryvnias.")
    page = client.get(opened.get_absolute_url()).text
    assert page.index("Квиток коштує 15 гривень.") < page.index('class="draft-bar"')
    english = client.get(f"/en{opened.get_absolute_url()}").text
    assert "<li>A ticket costs 15 hryvnias.</li>" in english


def test_programs_read_it(client, department):
    opened = factories.consultation(department, brief=LINES, brief_en="A ticket costs 15 hryvnias.")
    told = client.get(f"/api/v1/consultations/{opened.pk}/").json()
    assert (told["brief"], told["brief_en"]) == (LINES, "A ticket costs 15 hryvnias.")
