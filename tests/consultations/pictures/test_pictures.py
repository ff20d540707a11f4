"""The cover and the figures of a consultation: words, one cover, access, what pages show."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from consultations.life import actions as life_actions
from consultations.models import ConsultationPicture, State
from consultations.pictures import actions
from core.domain.rules import Refused
from tests import factories
from tests.newsroom.factories import photo

pytestmark = pytest.mark.django_db

CREDIT = "Фото: О. Коваль, CC BY 4.0"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(consultation, by, *, colour=120, alt="Трамвай на мосту", credit=CREDIT, **more):
    file = BytesIO(photo(1200, 800 + colour))
    return actions.add(consultation, by=by, file=file, alt=alt, credit=credit, **more)


def test_the_cover_stands_at_the_head_and_in_lists_a_figure_below_the_text(
    client, opened, ofi, emitted
):
    figure = add(opened, ofi, alt="План мосту", caption="Міст у розрізі")
    cover = add(opened, ofi, colour=1, is_cover=True)
    assert [type(each).__name__ for each in emitted] == ["ConsultationPicturesChanged"] * 2

    page = client.get(opened.get_absolute_url()).text
    assert cover.srcset in page and 'alt="Трамвай на мосту"' in page
    assert page.index(cover.url) < page.index('id="draft"') < page.index(figure.url)
    assert "Міст у розрізі" in page and page.count(CREDIT) == 2
    assert f'src="{cover.small_url}" width="480"' in client.get("/consultations/").text
    assert client.get(f"/api/v1/consultations/{opened.pk}/").json()["pictures"][0] == {
        "url": settings.SITE_URL + cover.url,
        "width": 1200,
        "height": 801,
        "alt": "Трамвай на мосту",
        "credit": CREDIT,
        "caption": "",
        "is_cover": True,
    }


def test_there_is_one_cover(opened, ofi):
    first, second = add(opened, ofi, is_cover=True), add(opened, ofi, colour=1, is_cover=True)
    assert opened.pictures.get(is_cover=True) == second
    actions.describe(first, by=ofi, alt="Міст", credit=CREDIT, is_cover=True)
    assert opened.pictures.get(is_cover=True) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationPicture.objects.update(is_cover=True)


def test_where_nobody_gave_a_cover_an_ornament_stands(client, opened):
    assert '<svg class="cover cover--' in client.get(opened.get_absolute_url()).text
    assert '<svg class="cover cover--' in client.get("/consultations/").text


def test_before_the_announcement_only_who_prepares_it_sees_them(client, department, ofi, olena):
    made = factories.consultation(department, State.PREPARING)
    picture = add(made, ofi, is_cover=True)
    assert client.get(picture.url).status_code == 404
    client.force_login(olena)
    assert client.get(picture.url).status_code == 404
    client.force_login(ofi)
    assert client.get(picture.url)["Cache-Control"] == "private, no-store"


def test_a_figure_of_what_is_announced_is_kept_by_caches(client, opened, ofi):
    picture = add(opened, ofi)
    answer = client.get(picture.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60, s-maxage=1")
    client.force_login(ofi)
    assert client.get(picture.url)["Cache-Control"] == answer["Cache-Control"]
    assert client.get(picture.url_of("9999.webp")).status_code == 404
    known = {"If-None-Match": answer["ETag"]}
    again = client.get(picture.url, headers=known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert again["Cache-Control"] == answer["Cache-Control"]
    smaller = client.get(picture.small_url, headers=known)
    assert (smaller.status_code, smaller["ETag"] != answer["ETag"]) == (200, True)
    actions.remove(picture, by=ofi)
    assert client.get(picture.url, headers=known).status_code == 404


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"alt": "IMG_2031.JPG"}, "picture.alt_missing"),
        ({"credit": " "}, "picture.credit_missing"),
    ],
)
def test_without_words_it_is_refused_and_nothing_kept(opened, ofi, words, code):
    with pytest.raises(Refused) as raised:
        add(opened, ofi, **words)
    assert raised.value.verdict.code == code
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.webp"))


def test_who_may_not_work_on_it_is_refused(opened, olena):
    with pytest.raises(Refused):
        add(opened, olena)


def test_files_go_with_the_picture_and_with_a_discarded_consultation(
    department, opened, ofi, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(add(opened, ofi), by=ofi)
        prepared = factories.consultation(department, State.PREPARING)
        add(prepared, ofi)
        life_actions.discard(prepared, by=ofi)
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.webp"))


def test_the_desk_adds_describes_and_removes(client, opened, ofi):
    client.force_login(ofi)
    base = f"/desk/consultations/{opened.pk}/pictures/"
    form = {"alt": "Міст", "credit": CREDIT, "is_cover": "on", "file": BytesIO(photo(600, 400))}
    form["file"].name = "a.jpg"
    assert client.post(f"{base}new/", form).status_code == 302
    picture = opened.pictures.get()
    assert picture.is_cover and CREDIT in client.get(base).text
    assert client.get(f"{base}{picture.pk}/").status_code == 200
    assert client.post(f"{base}{picture.pk}/delete/").status_code == 302
    assert not opened.pictures.exists()
