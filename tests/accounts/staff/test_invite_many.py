"""Officers invited from a table: who gets which role is shown first."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape

from accounts.models import Grant, StaffInvitation
from core.models import AuditEntry

pytestmark = pytest.mark.django_db
URL = "/desk/staff/invite/many/"
HEAD = "E-mail;Роль;Підрозділ;Посада;Посада в родовому;По батькові\n"


@pytest.fixture
def paste(client, admin):
    client.force_login(admin)
    form = {"reason": "Наказ № 12", "language": "uk"}
    return lambda table, **more: client.post(URL, {"table": HEAD + table, **form, **more})


def test_known_and_unknown_addresses_are_shown_alike_and_invited_by_the_second_press(
    paste, olena, department
):
    table = (
        f"{olena.email};працівник ради;{department.name};;;\n"
        f"nobody@viche.example;Head of a department;{department.name.upper()};"
        "начальник відділу;начальника відділу;Іванівна\n"
        "ivan@viche.example;модератор;;;;\n"
    )
    shown = paste(table)
    assert escape(f"буде запрошено: працівник ради, {department.name}") in shown.text
    assert escape(f"керівник підрозділу, {department.name}, начальник відділу") in shown.text
    told = [line.label for line in shown.context["preview"].lines]
    assert len(set(map(str, told))) == 1, "nothing tells who has an account"
    assert not StaffInvitation.objects.exists()
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)[1]
    assert paste(table, seen=seen).status_code == 302
    assert set(StaffInvitation.objects.values_list("email", "role", "reason")) == {
        (olena.email, "officer", "Наказ № 12"),
        ("nobody@viche.example", "head", "Наказ № 12"),
        ("ivan@viche.example", "moderator", "Наказ № 12"),
    }
    assert AuditEntry.objects.filter(event="StaffInvited").count() == 3
    assert not Grant.objects.filter(user=olena).exists()

    # Sent again, nobody gets a second mail.
    again = paste(table)
    assert again.text.count("запрошення вже чекає") == 3
    seen = re.search(r'name="seen" value="(\w+)"', again.text)[1]
    paste(table, seen=seen)
    assert StaffInvitation.objects.count() == 3


def test_one_refused_line_keeps_all_from_being_invited(paste, admin, department):
    good = f"a@viche.example;секретар;{department.name};;;\n"
    for line in (
        "b@viche.example;адміністратор;;;;\n",
        "не адреса;модератор;;;;\n",
        "b@viche.example;чаклун;;;;\n",
        "b@viche.example;секретар;Немає такого;;;\n",
        "b@viche.example;секретар;;;;\n",
        f"{admin.email.upper()};модератор;;;;\n",
        good,
    ):
        shown = paste(good + line)
        [wrong] = [each for each in shown.context["preview"].lines if each.outcome == "refused"]
        assert wrong.why, line
        assert 'name="seen"' not in shown.text
    assert not StaffInvitation.objects.exists()


def test_more_than_a_hundred_lines_are_not_taken(paste):
    table = "".join(f"a{number}@viche.example;модератор;;;;\n" for number in range(101))
    assert "100" in paste(table).context["form"].errors["table"][0]


def test_administrators_alone(client, ofi):
    client.force_login(ofi)
    assert client.get(URL).status_code == 403
