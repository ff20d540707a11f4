"""Pictures of articles: text alternatives, sizes, and access only while the article is public."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from PIL import Image

from core.domain.rules import Refused
from newsroom.articles import actions as articles_actions
from newsroom.models import ArticlePicture, State
from newsroom.pictures import actions
from tests.newsroom import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_is_made_anew_in_sizes_without_what_the_camera_wrote(client):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ivan"
    exif[0x0112] = 6  # lying on its side
    data = factories.photo(1200, 1000, exif=exif)
    assert b"Camera of Ivan" in data
    article = factories.article()
    picture = factories.picture(article, data=data)

    assert (picture.width, picture.height) == (1000, 1200)
    assert picture.widths == [480, 960, 1000]
    assert files() == ["1000.webp", "480.webp", "960.webp", "card.jpg"]
    for name in picture.names:
        answer = client.get(picture.url_of(name))
        content = b"".join(answer.streaming_content)
        assert b"Ivan" not in content
        with Image.open(BytesIO(content)) as shown:
            assert not shown.getexif()
            assert shown.width <= 1000
        assert answer["Cache-Control"] == "public, max-age=60, s-maxage=1"
        assert "Set-Cookie" not in answer

    page = client.get(article.get_absolute_url()).text
    assert f'srcset="{picture.srcset}"' in page
    assert 'width="1000" height="1200"' in page
    assert 'alt="Люди йдуть мостом"' in page
    assert f'property="og:image" content="{settings.SITE_URL}{picture.card_url}"' in page


def test_of_a_draft_only_who_writes_it_sees_them(client, ofi, stranger, olena):
    picture = factories.picture(factories.article(State.DRAFT))
    assert client.get(picture.url).status_code == 404
    for who in (olena, stranger):
        client.force_login(who)
        assert client.get(picture.url).status_code == 404
    client.force_login(ofi)
    answer = client.get(picture.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get(picture.url_of("9999.webp")).status_code == 404


@pytest.mark.parametrize("alt", ["", "  ", "IMG_2031.JPG", "img 12", "…", "DSC-0001"])
def test_has_words_or_is_refused(alt, ofi):
    article = factories.article()
    with pytest.raises(Refused) as raised:
        factories.picture(article, alt=alt)
    assert raised.value.verdict.code == "picture.alt_missing"
    assert not files()


def test_postgresql_holds_that_it_has_words():
    picture = factories.picture(factories.article())
    for alt in ("", "   "):
        with pytest.raises(IntegrityError), transaction.atomic():
            ArticlePicture.objects.filter(pk=picture.pk).update(alt=alt)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7", "file.type"),
        (b"<svg onload='alert(1)'/>", "file.type"),
        (b"\xff\xd8\xff damaged", "file.damaged"),
        (factories.photo(200, 200), "picture.too_narrow"),
        (factories.photo(400, 1300), "picture.too_long"),
    ],
)
def test_what_is_no_picture_for_a_page_is_refused(ofi, data, code):
    with pytest.raises(Refused) as raised:
        actions.add(factories.article(), by=ofi, file=BytesIO(data), alt="Міст")
    assert raised.value.verdict.code == code


def test_the_same_picture_in_two_articles_goes_with_one(
    ofi, client, django_capture_on_commit_callbacks
):
    first, second = factories.article(State.DRAFT), factories.article()
    factories.picture(first)
    kept = factories.picture(second)
    with pytest.raises(Refused) as raised:
        factories.picture(second)
    assert raised.value.verdict.code == "picture.twice"
    with django_capture_on_commit_callbacks(execute=True):
        articles_actions.discard(first, by=ofi)
    assert client.get(kept.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(kept, by=ofi)
    assert not files()


def test_a_transparent_drawing_is_on_white_in_the_card():
    out = BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(out, "PNG")
    picture = factories.picture(factories.article(), data=out.getvalue())
    with Image.open(next(Path(settings.MEDIA_ROOT).rglob("card.jpg"))) as card:
        assert card.getpixel((5, 5)) == (255, 255, 255)
    assert (picture.card_width, picture.card_height) == (400, 300)
