"""Photographs in petitions: added to a draft, private until published, removed with a reason."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from PIL import Image

from core.domain.rules import Refused
from core.export import pictures, uploads
from core.kept_pictures.orphans import delete_orphans
from core.web.semaphore import slot
from petitions.life import actions as life_actions
from petitions.models import Petition, PetitionPhoto, State
from petitions.photos import actions
from tests.newsroom.factories import photo as drawn
from tests.petitions import factories

pytestmark = pytest.mark.django_db

ALT = "Сходи поліклініки без пандуса"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def add(petition, by, *, height=500, alt=ALT, **saved):
    return actions.add(petition, by=by, file=BytesIO(drawn(1200, height, **saved)), alt=alt)


def test_the_author_adds_some_while_starting(client, olena):
    draft = factories.petition(olena, State.DRAFT)
    client.force_login(olena)
    page = f"/petitions/start/{draft.pk}/photos/"
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ivan"
    file = BytesIO(drawn(1200, 900, exif=exif))
    file.name = "me.jpg"
    assert client.post(page, {"file": file}).status_code == 422
    file.seek(0)
    assert client.post(page, {"file": file, "alt": ALT}).status_code == 302
    photo = draft.photos.get()
    assert (photo.alt, photo.widths) == (ALT, [480, 960])
    assert files() == ["480.webp", "960.webp"]
    assert all(b"Ivan" not in p.read_bytes() for p in Path(settings.MEDIA_ROOT).rglob("*.webp"))
    assert ALT in client.get(page).text
    assert "1 світлина" in client.get(f"/petitions/start/{draft.pk}/check/").text
    assert client.post(f"{page}{photo.pk}/delete/").status_code == 302
    assert not PetitionPhoto.objects.exists()


def test_where_many_are_made_at_once_one_is_asked_to_try_again(client, olena, settings, tmp_path):
    settings.SEMAPHORE_FOLDER = str(tmp_path / "slots")
    draft = factories.petition(olena, State.DRAFT)
    client.force_login(olena)
    file = BytesIO(drawn(1200, 900))
    file.name = "me.jpg"
    with ExitStack() as others:
        for kind, many in (("pictures", pictures.AT_ONCE), ("pictures-waiting", pictures.WAITING)):
            for _ in range(many):
                others.enter_context(slot(kind, at_once=many, waiting=0, patience=0))
        answer = client.post(f"/petitions/start/{draft.pk}/photos/", {"file": file, "alt": ALT})
        assert answer.status_code == 422
        assert "Спробуйте надіслати це ще раз за хвилину" in answer.text and ALT in answer.text
        file.seek(0)
        with pytest.raises(Refused) as refused:
            uploads.accept(file)
        assert refused.value.verdict.code == "file.busy"
    file.seek(0)
    assert uploads.accept(file).media_type == "image/jpeg"


def test_private_until_published(client, olena, bohdan, mo):
    draft = factories.petition(olena, State.DRAFT)
    photo = add(draft, olena)

    def seen_by(*people):
        statuses = []
        for who in people:
            client.force_login(who) if who else client.logout()
            statuses.append(client.get(photo.url).status_code)
        return statuses

    assert seen_by(None, bohdan, mo, olena) == [404, 404, 404, 200]
    assert client.get(photo.url)["Cache-Control"] == "private, no-store"
    type(draft).objects.filter(pk=draft.pk).update(author_name="Олена Коваль")
    draft = life_actions.submit(draft, by=olena)
    assert seen_by(None, bohdan, mo, olena) == [404, 404, 200, 200]
    client.force_login(mo)
    assert photo.small_url in client.get(f"/desk/petitions/{draft.pk}/").text
    life_actions.publish(draft, by=mo)
    assert seen_by(bohdan, None) == [200, 200]
    assert client.get(photo.url)["Cache-Control"] == "public, max-age=60, s-maxage=1"


def test_stands_on_the_page_the_card_and_in_the_api(client, olena):
    petition = with_photo(olena)
    photo = petition.photos.get()
    page = client.get(petition.get_absolute_url()).text
    assert photo.srcset in page and f'alt="{ALT}"' in page
    assert f'src="{photo.small_url}" width="480"' in client.get("/petitions/").text
    assert client.get(f"/api/v1/petitions/{petition.pk}/").json()["photos"] == [
        {"url": settings.SITE_URL + photo.url, "width": 960, "height": 400, "alt": ALT}
    ]


def test_a_moderator_removes_one_with_a_reason_and_its_files_go(
    client, olena, mo, emitted, django_capture_on_commit_callbacks
):
    petition = with_photo(olena)
    photo = petition.photos.get()
    client.force_login(mo)
    url = f"/desk/petitions/{petition.pk}/photos/{photo.pk}/remove/"
    assert client.post(url).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, {f"p{photo.pk}-reason": "personal"})
    assert answer.status_code == 302
    assert [type(each).__name__ for each in emitted] == ["PhotoRemoved"]
    assert not files()
    assert client.get(photo.url).status_code == 404
    page = client.get(petition.get_absolute_url()).text
    assert photo.url not in page and "Модератор прибрав" in page
    assert client.get(f"/api/v1/petitions/{petition.pk}/").json()["photos"] == []
    with pytest.raises(Refused) as raised:
        actions.remove(photo, by=mo, reason="personal")
    assert raised.value.verdict.code == "petition.photo_gone"


def test_of_what_was_sent_the_author_changes_nothing(olena, bohdan):
    petition = with_photo(olena)
    for doing in (
        lambda: add(petition, olena, height=600),
        lambda: actions.take_out(petition.photos.get(), by=olena),
        lambda: actions.remove(petition.photos.get(), by=bohdan, reason="personal"),
    ):
        with pytest.raises(Refused):
            doing()


def test_a_fourth_is_refused_with_a_sentence_and_what_was_typed(client, olena):
    draft = factories.petition(olena, State.DRAFT)
    page = f"/petitions/start/{draft.pk}/photos/"
    client.force_login(olena)
    for height in (500, 600, 700):
        add(draft, olena, height=height)
    assert "multipart/form-data" not in client.get(page).text
    file = BytesIO(drawn(1200, 900))
    file.name = "fourth.jpg"
    answer = client.post(page, {"file": file, "alt": "Четверта"})
    assert (answer.status_code, draft.photos.count()) == (422, 3)
    assert "govuk-error-summary" in answer.text and "Четверта" in answer.text
    assert answer.text.count("У петиції може бути не більше 3 світлин") == 2


def test_three_at_most_with_words_and_each_once(olena):
    draft = factories.petition(olena, State.DRAFT)
    add(draft, olena)
    codes = []
    for height, alt in ((500, ALT), (600, "IMG_1.jpg"), (600, ALT), (700, ALT), (800, ALT)):
        try:
            add(draft, olena, height=height, alt=alt)
        except Refused as refused:
            codes.append(refused.verdict.code)
    assert codes == ["picture.twice", "picture.alt_missing", "picture.too_many"]


def test_postgresql_holds_that_a_removed_one_has_a_reason(olena, mo):
    with_photo(olena)
    with pytest.raises(IntegrityError), transaction.atomic():
        PetitionPhoto.objects.update(removed_by=mo)


def test_they_go_with_a_discarded_draft_and_with_an_erased_authors_unpublished_words(
    olena, mo, django_capture_on_commit_callbacks
):
    published = with_photo(olena)
    discarded, begun, waiting, refused = (
        factories.petition(olena, State.DRAFT, author_name="Олена Коваль") for _ in range(4)
    )
    for each in (discarded, begun, waiting, refused):
        add(each, olena)
    for each in (waiting, refused):
        life_actions.submit(each, by=olena)
    life_actions.refuse(refused, by=mo, ground=factories.ground(), note="Третій абзац.")
    with django_capture_on_commit_callbacks(execute=True):
        life_actions.discard(discarded, by=olena)
        life_actions.let_go(olena)
    assert set(Petition.objects.values_list("pk", flat=True)) == {
        each.pk for each in (published, waiting, refused)
    }
    assert [each.petition for each in PetitionPhoto.objects.all()] == [published]
    assert files() == ["480.webp", "960.webp"]


def test_files_without_a_row_go_after_a_day(olena, mo):
    petition, draft = with_photo(olena), factories.petition(olena, State.DRAFT)
    add(draft, olena)
    with suppress(ZeroDivisionError), transaction.atomic():
        add(draft, olena, height=600)
        raise ZeroDivisionError  # after the files are written
    removed = petition.photos.get()
    actions.remove(removed, by=mo, reason="personal")
    actions.take_out(draft.photos.get(), by=olena)
    kept = add(factories.petition(olena, State.DRAFT), olena)
    folders = {path.parent for path in Path(settings.MEDIA_ROOT).rglob("*.webp")}
    assert len(folders) == 4 and delete_orphans() == 0
    for folder in folders:
        os.utime(folder, (0, 0))
    assert delete_orphans() == 3
    assert {path.parent.name for path in Path(settings.MEDIA_ROOT).rglob("*.webp")} == {kept.digest}


def test_files_stay_where_the_same_photograph_is_added_again_before_they_go(
    olena, django_capture_on_commit_callbacks
):
    draft = factories.petition(olena, State.DRAFT)
    photo = add(draft, olena)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_out(photo, by=olena)
        again = add(draft, olena)
    assert again.digest == photo.digest and files() == ["480.webp", "960.webp"]


def with_photo(author):
    """A published petition with a photograph, put in while it was a draft."""
    made = factories.petition(author)
    rows = type(made).objects.filter(pk=made.pk)
    kept = rows.values("submitted_at", "published_at", "closes_at", "publish_due_on").get()
    rows.update(**dict.fromkeys(kept, None))
    add(rows.get(), author)
    rows.update(**kept)
    return rows.get()
