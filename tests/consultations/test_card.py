"""The picture that messengers show with a link to a consultation or to the first page."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.utils import translation
from PIL import Image

from consultations.card import card_of
from consultations.models import State
from consultations.queries import to_read, totals_of
from consultations.remarks import actions
from core.export.prints.card import HEIGHT, WIDTH
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_name_a_picture_of_the_size_that_networks_want(client, opened, prefix):
    for page in (f"/consultations/{opened.pk}/", "/"):
        text = client.get(prefix + page).content.decode()
        url = f"{settings.SITE_URL}{prefix}{page}card.png"
        assert f'<meta property="og:image" content="{url}">' in text
        answer = client.get(f"{prefix}{page}card.png")
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(BytesIO(answer.content)).size == (WIDTH, HEIGHT)


def test_it_says_the_state_and_how_many_have_spoken(opened, olena):
    actions.remark(opened, by=olena, text="Так.")
    card = _card(opened)
    assert (card.number, card.beside) == ("1", "зауваження до проєкту")
    assert card.line.startswith("Зауваження приймають до ")


@pytest.mark.parametrize("state", [each for each in State if each != State.PREPARING])
def test_each_state_has_a_line(department, state):
    assert _card(factories.consultation(department, state)).line


def test_a_consultation_in_preparation_has_none(client, department):
    made = factories.consultation(department, State.PREPARING)
    assert client.get(f"/consultations/{made.pk}/card.png").status_code == 404


def _card(consultation):
    shown = to_read(consultation.pk, None)
    with translation.override("uk"):
        return card_of(shown, totals_of([shown.pk]).get(shown.pk, 0))
