"""The council's row: what pages, mails and sheets say, and when they say something else."""

from __future__ import annotations

import pytest
from django.test import Client

from city import actions
from core.council import council
from core.mail import compose

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(admin):
    admin.second_factored = True
    return lambda **values: actions.change_council(values, by=None)


def test_the_environment_fills_the_row_once(settings):
    assert council().council == settings.CITY["council"]
    assert council().arms.endswith(".svg")


def test_kept_pages_and_mails_say_the_new_name_at_once(renamed):
    anonymous = Client()
    assert "Рудногірська міська рада" in anonymous.get("/").text
    renamed(council="Степова селищна рада", email="rada@step.example")
    page = anonymous.get("/").text
    assert "Степова селищна рада" in page
    assert "Рудногірська міська рада" not in page
    mail = compose("accounts/erased", {}, to="olena@viche.example")
    assert "Степова селищна рада" in mail.body
    assert mail.from_email == '"Степова селищна рада" <rada@step.example>'
