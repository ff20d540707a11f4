"""What links to public pages carry in networks and messengers: one mechanism for all of them."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from city.models import District
from consultations.models import State
from core.export.prints.card import HEIGHT, WIDTH
from petitions.models import State as PetitionState
from tests import factories
from tests.meetings import factories as meetings
from tests.newsroom import factories as news
from tests.petitions import factories as petitions

pytestmark = [pytest.mark.django_db, pytest.mark.cpu(6)]


@pytest.fixture
def pages(department, olena):
    reported = factories.consultation(department, State.REPORTED)
    answered = petitions.petition(olena, PetitionState.ANSWERED)
    district = District.objects.create(name="Центр", slug="tsentr")
    return {
        f"/consultations/{reported.pk}/report/": f"/consultations/{reported.pk}/card.png",
        f"/petitions/{answered.pk}/": f"/petitions/{answered.pk}/card.png",
        meetings.meeting().get_absolute_url(): "card.png",
        news.article().get_absolute_url(): "card.png",
        f"/districts/{district.slug}/": f"/districts/{district.slug}/card.png",
        "/petitions/": "/card.png",
        "/acts/": "/card.png",
    }


def test_every_public_page_names_one_card_which_is_there(client, pages):
    for page, card in pages.items():
        text = client.get(page).text
        (url,) = re.findall(r'property="og:image" content="([^"]+)"', text)
        path = url.removeprefix(settings.SITE_URL)
        assert path == (card if card.startswith("/") else page + card)
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(BytesIO(answer.content)).size == (WIDTH, HEIGHT)


def test_nothing_unpublished_has_one(client, ofi):
    draft = news.article(news.State.DRAFT)
    assert client.get(f"/news/{draft.pk}/card.png").status_code == 404
    client.force_login(ofi)
    assert "og:image" not in client.get("/desk/").text
