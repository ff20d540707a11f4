"""The office corrects what an appeal was registered as, by a form that saves over nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from appeals.models import State
from city.models import District, Street, Theme
from tests.appeals import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(client, in_work, to):
    """What the form sends as it was drawn."""

    def draw(**changed):
        form = client.get(to("correct", in_work)).context["form"]
        sent = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in sent.items() if value not in (None, False, "")}
        return sent | changed

    return draw


def test_it_is_corrected_and_cleared(client, staff, in_work, to, drawn):
    theme = Theme.objects.create(name="Освітлення", slug="light")
    district = District.objects.create(name="Центральний", slug="centre")
    street = Street.objects.create(name="вулиця Рудна", slug="rudna", district=district)
    client.force_login(staff.clerk)
    sent = drawn(theme=theme.pk, street="вул. Рудна", house="7", privileged="combatant")
    assert client.post(to("correct", in_work), sent).status_code == 302
    in_work.refresh_from_db()
    assert (in_work.theme, in_work.street, in_work.house) == (theme, street, "7")
    # A house without its street comes back at its field, with what was typed.
    sent = drawn(street="", house="9")
    found = client.post(to("correct", in_work), sent)
    assert found.status_code == 422
    assert "street" in found.context["form"].errors
    assert 'value="9"' in found.text
    sent = drawn(street="", house="", theme="", privileged="")
    assert client.post(to("correct", in_work), sent).status_code == 302
    in_work.refresh_from_db()
    assert (in_work.theme, in_work.street, in_work.house, in_work.privileged) == (
        None,
        None,
        "",
        "",
    )


def test_the_applicant_reads_another_term(client, staff, in_work, to, drawn):
    client.force_login(staff.clerk)
    assert client.post(to("correct", in_work), drawn(kind="request")).status_code == 302
    client.force_login(in_work.author)
    page = client.get(reverse("appeals:detail", args=[in_work.pk]))
    assert "2939-VI ст. 20 ч. 1" in page.text
    assert "запит на публічну інформацію" in page.text


def test_a_complaint_about_its_executor_comes_back(client, staff, in_work, to, drawn):
    client.force_login(staff.clerk)
    sent = drawn(kind="complaint", about_department=staff.department.pk)
    found = client.post(to("correct", in_work), sent)
    assert found.status_code == 422
    assert "about_department" in found.context["form"].errors


def test_what_another_saved_meanwhile_is_shown(client, staff, in_work, to, drawn):
    theme = Theme.objects.create(name="Освітлення", slug="light")
    client.force_login(staff.clerk)
    first, second = drawn(theme=theme.pk), drawn(privileged="combatant")
    assert client.post(to("correct", in_work), first).status_code == 302
    found = client.post(to("correct", in_work), second)
    assert found.status_code == 409
    assert staff.clerk.get_full_name() in found.text
    in_work.refresh_from_db()
    assert in_work.privileged == ""


def test_the_office_alone(client, staff, in_work, to):
    for name in ("worker", "head", "sec"):
        client.force_login(getattr(staff, name))
        assert client.get(to("correct", in_work)).status_code == 403, name
    client.force_login(staff.other)
    assert client.get(to("correct", in_work)).status_code == 404


def test_it_is_offered_on_the_page_of_the_appeal(client, staff, in_work, olena, to):
    client.force_login(staff.clerk)
    for appeal in (in_work, factories.appeal(olena, State.ANSWERED)):
        assert to("correct", appeal) in client.get(to("detail", appeal)).text
    client.force_login(staff.worker)
    assert to("correct", in_work) not in client.get(to("detail", in_work)).text
