"""Two officers at one form of the desk: the second save stores nothing, and shows both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.life import actions
from consultations.models import Consultation
from core.web.optimistic_lock import canonical, digest, find_changed_meanwhile
from tests.editing import carried

pytestmark = pytest.mark.django_db

TEXTS = (
    *("title", "summary", "brief", "brief_en", "problem", "options", "affected"),
    *("contact_person", "on_paper"),
)


@pytest.fixture
def editing(client, preparing, ofi):
    """The form as an officer opened it, and what posts it with some fields changed."""
    client.force_login(ofi)
    address = reverse("desk:edit", args=[preparing.pk])
    drawn = carried(client, address)
    fields = typed(preparing)

    def save(*, then: dict[str, str] | None = None, **changed: Any) -> Any:
        return client.post(address, fields | changed | (then or drawn))

    return save


def typed(consultation: Consultation) -> dict[str, Any]:
    """What a browser sends of the form as it was drawn."""
    return {
        **{name: getattr(consultation, name) for name in TEXTS},
        "contact_details": consultation.contact_details,
        "short_period_reason": consultation.short_period_reason,
        "procedure": consultation.procedure_id,
        "department": consultation.department_id,
        "themes": [theme.pk for theme in consultation.themes.all()],
        "opens_on": consultation.opens_on or "",
        "last_day": consultation.last_day or "",
    }


def revise(consultation: Consultation, by: Any, **fields: Any) -> None:
    actions.revise(Consultation(pk=consultation.pk), by=by, fields=fields)


def values(response: Any) -> dict[str, Any]:
    """What the fields of the page hold, as they would be sent again."""
    form = response.context["form"]
    return {field.html_name: field.value() for field in form if field.value() is not None}


def test_a_save_over_a_newer_one_stores_nothing_and_shows_both(editing, preparing, admin):
    revise(preparing, admin, affected="Кафе та їхні сусіди")
    response = editing(contact_details="+380 44 000 00 00")
    assert response.status_code == 409
    preparing.refresh_from_db()
    assert preparing.contact_details != "+380 44 000 00 00"
    form = response.context["form"]
    assert form.has_error("__all__", "edit.conflict")
    assert form.newer["affected"].is_taken
    assert admin.get_full_name() in response.text
    # Pressed once more, it stores what both have written.
    assert editing(then=values(response)).status_code == 302
    preparing.refresh_from_db()
    assert preparing.affected == "Кафе та їхні сусіди"
    assert preparing.contact_details == "+380 44 000 00 00"


def test_what_both_changed_stands_beside_each_other(editing, preparing, admin):
    revise(preparing, admin, title="Назва від А")
    response = editing(title="Назва від Б")
    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Назва від Б"
    assert "Назва від А" in response.text
    assert response.context["form"].has_error("title", "edit.conflict")
    # Whoever saves again knows of it.
    assert editing(then=values(response)).status_code == 302
    preparing.refresh_from_db()
    assert preparing.title == "Назва від Б"


def test_the_newer_version_may_be_outrun_again(editing, preparing, admin):
    revise(preparing, admin, title="Назва від А")
    again = values(editing(summary="Стисло від Б"))
    revise(preparing, admin, title="Назва від В")
    response = editing(then=again)
    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "Назва від В"


def test_the_same_change_made_by_both_is_none(editing, preparing, admin):
    revise(preparing, admin, title="Та сама назва")
    assert editing(title="Та сама назва").status_code == 302


def test_a_form_that_carries_nothing_overwrites_nothing(editing, preparing):
    response = editing(then={"drawn_from": "x:y,\x7f,"}, title="Інша назва")
    assert response.status_code == 409
    assert editing(then=values(response)).status_code == 302


def test_themes_and_dates_are_merged_too(editing, preparing, admin):
    from city.models import Theme

    theme = Theme.objects.create(slug="parks", name="Парки")
    actions.revise(preparing, by=admin, fields={}, themes=[theme])
    later = preparing.last_day + timedelta(days=9)
    response = editing(last_day=later)
    assert response.status_code == 409
    assert editing(then=values(response)).status_code == 302
    preparing.refresh_from_db()
    assert (list(preparing.themes.all()), preparing.last_day) == ([theme], later)


def test_what_was_announced_meanwhile_tells_what_cannot_be_changed(client, editing, opened, ofi):
    """The form was drawn while it was being prepared."""
    address = reverse("desk:edit", args=[opened.pk])
    drawn = carried(client, address)
    drawn["drawn_from"] += f",short_period_reason:{digest('')}"
    sent = typed(opened) | drawn | {"short_period_reason": "Довге пояснення"}
    response = client.post(address, sent)
    assert response.status_code == 409
    assert "Довге пояснення" in response.text
    assert client.post(address, typed(opened) | values(response)).status_code == 302


def test_the_dates_page(client, opened, ofi, admin):
    client.force_login(ofi)
    address = reverse("desk:dates", args=[opened.pk])
    drawn, before = carried(client, address), opened.last_day
    actions.change_dates(
        opened,
        by=admin,
        opens_on=opened.opens_on,
        last_day=before + timedelta(days=5),
        reason="Так",
    )
    sent = {"last_day": before + timedelta(days=3), "reason": "Прохання"}
    response = client.post(address, sent | drawn)
    assert response.status_code == 409
    opened.refresh_from_db()
    assert opened.last_day == before + timedelta(days=5)
    assert client.post(address, values(response)).status_code == 302
    opened.refresh_from_db()
    assert opened.last_day == before + timedelta(days=3)


@given(
    a=st.dictionaries(st.sampled_from(TEXTS), st.sampled_from(["", "А", "однаково"])),
    b=st.dictionaries(st.sampled_from(TEXTS), st.sampled_from(["", "Б", "однаково"])),
)
@settings(max_examples=200)
def test_a_merge_holds_what_both_changed(a, b):
    """For any fields that two change, each change is in the result or is shown beside the other."""
    was = dict.fromkeys(TEXTS, "було")
    stored, sent = was | a, was | b
    found = find_changed_meanwhile({n: digest(v) for n, v in was.items()}, stored, sent)
    merged = sent | {name: stored[name] for name, is_taken in found.items() if is_taken}
    for name in TEXTS:
        both = stored[name] != was[name] and sent[name] != was[name]
        if both and stored[name] != sent[name]:
            assert found[name] is False
            assert merged[name] == sent[name]
        elif stored[name] != was[name]:
            assert merged[name] == stored[name]
        else:
            assert merged[name] == sent[name]


def test_values_are_spelt_alike_wherever_they_come_from(preparing):
    from zoneinfo import ZoneInfo

    moment = preparing.opens_at.replace(second=7)
    assert canonical(moment) == canonical(moment.astimezone(ZoneInfo("Europe/Kyiv")))
    assert canonical("а\r\nб ") == canonical("а\nб")
    assert canonical(None) == canonical(False) == canonical("")
    assert canonical(date(2026, 1, 2)) == "2026-01-02"
    assert canonical(preparing.procedure) == canonical(preparing.procedure_id)
