"""The picture and the poster: made on the server, in our own type, of what is published."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from lxml import html
from PIL import Image

from core.export.prints import setting
from core.export.prints.card import HEIGHT, WIDTH, Card, draw_card
from petitions.models import State
from petitions.prints import Poster
from petitions.prints import draw_poster as sheet
from tests.petitions import factories

pytestmark = pytest.mark.django_db

CARD = Card("Назва", "збір підписів", "open", "742", "з 1 000", 0.742, "до 12 лютого")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_picture_has_the_size_that_networks_want(client, signed, prefix):
    made = signed(3)
    answer = client.get(f"{prefix}/petitions/{made.pk}/card.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert "public" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.content)).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(answer.content) < 300_000


def test_it_follows_the_count(client, signed):
    made = signed(3)
    before = client.get(f"/petitions/{made.pk}/card.png").content
    assert draw_card(CARD, "uk") != draw_card(Card("Назва", "", "open", "743", "", 0.743, ""), "uk")
    assert before == client.get(f"/petitions/{made.pk}/card.png").content


@pytest.mark.parametrize(
    "title",
    [
        "#import «x»: *a* _b_ $c$ @d \\ `e` <f> // {",
        "Щ" * 150,
        "Їжак " * 30,
        "І",
        "Ялинка 🎄 漢\x1b",
    ],
)
def test_whatever_is_asked_for_is_data(title):
    assert draw_card(Card(title, title, title, "1", title[:20], 1.0, title[:40]), "uk")
    words = {"title": title, "heading": title, "text": title * 3, "by": title, "needed": title}
    assert sheet(
        Poster(
            **words, until=title, call=title[:20], how=title[:40], url="https://a", qr_words="q"
        ),
        "uk",
    ).startswith(b"%PDF")


def test_the_poster_is_one_tagged_page(client, signed):
    made = signed(3, title="Облаштувати велодоріжку на проспекті Гірників " * 3)
    answer = client.get(f"/petitions/{made.pk}/poster.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page\n") <= 1
    assert b"/MarkInfo" in answer.content
    assert b"pdfuaid" in answer.content


def test_the_code_on_it_leads_to_the_page():
    assert "<svg" in setting.qr("https://viche.example/petitions/1/")


def test_links_carry_the_picture(client, signed, settings):
    made = signed(3)
    page = html.fromstring(client.get(f"/en/petitions/{made.pk}/").content)
    tags = {tag.get("property"): tag.get("content") for tag in page.xpath("//meta[@property]")}
    assert tags["og:title"] == made.title
    assert tags["og:url"] == f"{settings.SITE_URL}/en/petitions/{made.pk}/"
    assert tags["og:image"] == f"{settings.SITE_URL}/en/petitions/{made.pk}/card.png"
    assert client.get(tags["og:image"]).status_code == 200


@pytest.mark.parametrize("state", [State.DRAFT, State.MODERATION, State.REFUSED])
@pytest.mark.parametrize("name", ["card", "poster", "detail", "standing", "talk"])
def test_nothing_is_drawn_of_what_is_not_published(client, olena, state, name):
    made = factories.petition(olena, state)
    assert client.get(reverse(f"petitions:{name}", args=[made.pk])).status_code == 404
