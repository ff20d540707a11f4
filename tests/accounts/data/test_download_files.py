"""Files in the download of one's data: those of one's appeals and of their answers."""

from __future__ import annotations

import json
import tracemalloc
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from accounts.data import actions, export
from accounts.data.files import path_of
from accounts.models import Export
from appeals import actions as appeals
from appeals.actions import NewFile
from appeals.models import Attachment, State
from core.kept_pictures.files import path_of as path_of_picture
from petitions.life import actions as life_actions
from petitions.photos import actions as photos
from tests.appeals import factories
from tests.newsroom.factories import photo
from tests.petitions import factories as petition_factories

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + bytes(range(256)) * 8


def sent(author, *contents: bytes, state: str = State.RECEIVED):
    files = [
        NewFile(f"двір {place}.pdf", "application/pdf", content)
        for place, content in enumerate(contents)
    ]
    return factories.appeal(author, state, files=files)


def holding(data) -> list[dict[str, Any]]:
    (found,) = [each for each in data["holdings"] if each["name"] == "appeals.attachment"]
    return found["rows"]


def files_in(made: Export) -> dict[str, bytes]:
    with ZipFile(path_of(made.file)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.startswith("files/")]
        return {name: archive.read(name) for name in names}


def test_the_files_of_ones_own_appeals_are_in_it(resident, bohdan, ready, opened, settings):
    appeal = sent(resident, PDF, b"other", state=State.IN_WORK)
    sent(bohdan, b"somebody else's")
    boss = factories.head(appeal.department)
    signed = NewFile("../відповідь:1.pdf", "application/pdf", b"signed")
    appeals.draft_answer(appeal, by=boss, text="Так.", result="satisfied", files=[signed])
    assert len(files_in(ready(resident))) == 2  # a draft is not theirs
    appeals.approve(appeal, by=boss)
    appeals.answer(appeal, by=boss, how="page")
    made = ready(resident)
    data, page = opened(made)
    rows = holding(data)
    found = files_in(made)
    assert [found[row["file"]] for row in rows] == [PDF, b"other", b"signed"]
    assert len(found) == 3
    last = Attachment.objects.get(answer__appeal=appeal)
    assert rows[2]["file"] == f"files/appeals.attachment/{last.pk}-.._відповідь_1.pdf"
    assert rows[2]["address"] == f"{settings.SITE_URL}/appeals/{appeal.pk}/files/{last.pk}/"
    assert 'href="files/appeals.attachment/' in page


def test_the_photographs_of_ones_petitions_are_in_it(
    resident, mo, ready, opened, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    draft = petition_factories.petition(resident, "draft", author_name="Олена Коваль")
    kept, removed = (
        photos.add(draft, by=resident, file=BytesIO(photo(1200, height)), alt="Сходи без пандуса")
        for height in (500, 600)
    )
    life_actions.submit(draft, by=resident)
    photos.remove(removed, by=mo, reason="personal")
    made = ready(resident)
    data, page = opened(made)
    (rows,) = (e["rows"] for e in data["holdings"] if e["name"] == "petitions.petitionphoto")
    path = f"files/petitions.petitionphoto/{kept.pk}-photo.webp"
    assert [(row["file"], row["address"]) for row in rows] == [
        (path, f"{settings.SITE_URL}{kept.url}"),
        (None, None),
    ]
    with default_storage.open(path_of_picture(kept.folder, kept.digest, "960.webp")) as file:
        assert files_in(made) == {path: file.read()}
    assert f'href="{path}"' in page


def test_beyond_the_bound_each_has_its_address(resident, tmp_path):
    sent(resident, b"x" * 8, b"x" * 8, b"x" * 2)
    path = tmp_path / "small.zip"
    export.write(resident, path, tell=lambda _done, _total: True, most_of_files=10)
    with ZipFile(path) as archive:
        rows = holding(json.loads(archive.read("data.json")))
        sizes = [archive.getinfo(row["file"]).file_size for row in rows if row["file"]]
    assert sizes == [8, 2]
    assert [bool(row["file"]) for row in rows] == [True, False, True]
    assert all(row["address"] for row in rows)


def test_a_large_file_is_never_whole_in_memory(resident):
    sent(resident, b"\0" * 9 * 2**20)
    asked = actions.ask_export(resident)
    tracemalloc.start()
    try:
        export.make(asked.pk)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    asked.refresh_from_db()
    assert asked.size > 9 * 2**20
    assert peak < 8 * 2**20
