"""Preparing: the description's form, what it explains, and what stays once it is announced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from city.calendar import work_calendar
from city.models import District, MartialLawPeriod, Street, Theme
from consultations.events import ConsultationChanged, ConsultationCreated
from consultations.life import actions
from consultations.models import Consultation, State
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from tests import factories
from tests.editing import carried

pytestmark = pytest.mark.django_db

NEW = reverse("desk:new")


def described(department, **fields) -> dict:
    return {
        "procedure": factories.procedure().pk,
        "department": department.pk,
        "title": "Порядок розміщення літніх майданчиків",
        "summary": "Де ставити столи надворі",
        "brief": "Столи стоять надворі до 22:00.",
        "contact_person": "Остап Федорук",
        "contact_details": "(000) 000-00-01",
    } | fields


def day(number: int):
    return local_date(database_clock.now()) + timedelta(days=number)


def test_begins_one(client, department, ofi, emitted):
    client.force_login(ofi)
    theme = Theme.objects.create(name="Торгівля", slug="trade")
    response = client.post(
        NEW,
        described(department, themes=[theme.pk], opens_on=day(5), last_day=day(40)),
    )
    made = Consultation.objects.get()
    assert response["Location"].startswith(reverse("desk:import", args=[made.pk]))
    assert (made.opens_on, made.last_day) == (day(5), day(40))
    assert list(made.themes.all()) == [theme]
    assert made.state_at(database_clock.now()) == State.PREPARING
    assert emitted == [ConsultationCreated(made.pk, ofi.pk)]
    assert "data-kept-done" in client.get(response["Location"]).text


def test_of_which_part_of_the_city_it_is(client, opened, ofi):
    """Also of an announced one; it is shown, narrows the list, and programs read it."""
    client.force_login(ofi)
    district = District.objects.create(slug="tsentr", name="Центр")
    street = Street.objects.create(slug="rudna", name="вулиця Рудна", district=district)
    address = reverse("desk:edit", args=[opened.pk])
    fields = described(opened.department, district=district.pk, streets="Рудна\nнема такої")
    answer = client.post(address, fields | carried(client, address))
    assert "нема такої" in answer.context["form"].errors["streets"][0]
    fields["streets"] = "вул. Рудна"
    assert client.post(address, fields | carried(client, address)).status_code == 302
    assert list(opened.streets.all()) == [street]
    page = client.get(opened.get_absolute_url()).text
    assert "?district=tsentr" in page
    assert "вулиця Рудна" in page
    listed = reverse("consultations:list")
    assert opened.title in client.get(f"{listed}?district=tsentr").text
    assert not client.get(f"{listed}?district=other").context["consultations"]
    (found,) = client.get("/api/v1/consultations/?district=tsentr").json()["results"]
    assert found["district"] == {"slug": "tsentr", "name": "Центр", "name_en": ""}
    assert found["streets"] == [{"slug": "rudna", "name": "вулиця Рудна", "name_en": ""}]


def test_dates_may_come_later(client, department, ofi):
    client.force_login(ofi)
    assert client.post(NEW, described(department)).status_code == 302
    assert Consultation.objects.get().opens_at is None


def test_names_the_earliest_day_and_its_article(client, department, ofi):
    MartialLawPeriod.objects.all().delete()
    client.force_login(ofi)
    response = client.post(NEW, described(department, opens_on=day(5)))
    assert response.status_code == 422
    earliest = work_calendar().add_working_days(day(5), 10)
    form = response.context["form"]
    assert date_format(earliest) in str(form.errors["last_day"])
    assert "2939-VI" in str(form.errors["last_day"])
    response = client.post(NEW, described(department, opens_on=day(5), last_day=day(7)))
    assert "2939-VI" in str(response.context["form"].errors["last_day"])
    assert not Consultation.objects.exists()


def test_under_martial_law_asks_for_the_reason(client, department, ofi):
    client.force_login(ofi)
    dates = {"opens_on": day(5), "last_day": day(7)}
    response = client.post(NEW, described(department, **dates))
    assert "389-VIII" in str(response.context["form"].errors["short_period_reason"])
    reason = "Опалювальний сезон"
    response = client.post(NEW, described(department, short_period_reason=reason, **dates))
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"procedure": ""}, "procedure"),
        ({"last_day": "2099-01-01"}, "opens_on"),
        ({"opens_on": "2020-01-01", "last_day": "2020-03-01"}, "opens_on"),
        ({"opens_on": "колись"}, "opens_on"),
        ({"summary": "а" * 3001}, "summary"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    client, department, ofi, fields, field
):
    client.force_login(ofi)
    response = client.post(NEW, described(department, problem="Довгий опис") | fields)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Довгий опис" in response.text


def test_an_officer_prepares_for_her_own_department_alone(client, department, ofi, admin):
    other = factories.department("Департамент освіти", slug="education")
    client.force_login(ofi)
    assert client.post(NEW, described(other)).status_code == 422
    client.force_login(admin)
    assert client.post(NEW, described(other)).status_code == 302


def test_revises_what_is_prepared(client, preparing, ofi, emitted):
    client.force_login(ofi)
    fields = described(preparing.department, title="Інша назва", opens_on=day(8), last_day=day(50))
    address = reverse("desk:edit", args=[preparing.pk])
    response = client.post(address, fields | carried(client, address))
    assert response.status_code == 302
    preparing.refresh_from_db()
    assert (preparing.title, preparing.opens_on) == ("Інша назва", day(8))
    assert emitted == [ConsultationChanged(preparing.pk, ofi.pk)]


def test_what_is_announced_keeps_its_dates_and_procedure(client, opened, ofi):
    client.force_login(ofi)
    closes_at, procedure = opened.closes_at, opened.procedure_id
    fields = described(
        opened.department,
        title="Інша назва",
        procedure=factories.procedure("privileges").pk,
        opens_on=day(8),
        last_day=day(50),
    )
    address = reverse("desk:edit", args=[opened.pk])
    assert client.post(address, fields | carried(client, address)).status_code == 302
    opened.refresh_from_db()
    assert opened.title == "Інша назва"
    assert (opened.closes_at, opened.procedure_id) == (closes_at, procedure)


def test_the_action_itself_refuses_to_change_published_dates(opened, ofi, refused):
    later = opened.closes_at + timedelta(days=9)
    with refused("consultation.fixed_once_announced"):
        actions.revise(opened, by=ofi, fields={"closes_at": later})


@pytest.mark.parametrize("state", [State.REPORTED, State.WITHDRAWN])
def test_what_is_finished_stays(department, ofi, refused, state):
    finished = factories.consultation(department, state)
    with refused("consultation.finished"):
        actions.revise(finished, by=ofi, fields={"title": "Інша назва"})


def test_cannot_be_given_to_another_department(preparing, ofi, refused):
    other = factories.department("Департамент освіти", slug="education")
    with refused("consultation.officers_only"):
        actions.revise(preparing, by=ofi, fields={"department": other})


def test_announcing_on_the_page(client, preparing, ofi):
    client.force_login(ofi)
    address = reverse("desk:announce", args=[preparing.pk])
    assert "<form method" in client.get(address).text
    assert client.post(address).status_code == 302
    preparing.refresh_from_db()
    assert preparing.announced_at
    assert client.post(address).status_code == 422


def test_the_announcement_says_what_is_missing_and_where(client, department, ofi):
    client.force_login(ofi)
    bare = factories.consultation(
        department, State.PREPARING, text=None, opens_at=None, closes_at=None
    )
    page = client.get(reverse("desk:announce", args=[bare.pk])).text
    for name in ("text", "edit"):
        assert reverse(f"desk:{name}", args=[bare.pk]) in page
    assert "<form method" not in page
    bare.draft = factories.draft(published=False)
    bare.save()
    page = client.get(reverse("desk:announce", args=[bare.pk])).text
    assert reverse("desk:publish", args=[bare.pk]) in page
