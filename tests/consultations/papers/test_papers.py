"""Files and links beside the draft: told by content, without metadata, served to be saved."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from consultations.events import ConsultationChanged
from consultations.models import Attachment, State
from consultations.papers import actions
from core.export import uploads
from tests import factories

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored(media) -> list:
    return [path for path in media.rglob("*") if path.is_file()]


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(kinds: bytes = b"<Types/>", **more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": kinds, "word/document.xml": b"<w/>"} | more)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (140, 35, 24)).save(out, kind, **options)
    return out.getvalue()


def attached(consultation, by, content: bytes = PDF, title: str = "Пояснювальна записка"):
    return actions.attach(consultation, by=by, title=title, file=io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (PDF, uploads.PDF, "pdf"),
        (docx(), uploads.DOCX, "docx"),
        (
            archive(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}),
            uploads.XLSX,
            "xlsx",
        ),
        (archive(mimetype=uploads.ODT.encode()), uploads.ODT, "odt"),
        (picture("PNG"), "image/png", "png"),
        (picture("JPEG"), "image/jpeg", "jpg"),
    ],
)
def test_takes_what_it_is_by_its_content(opened, ofi, media, content, media_type, ending, emitted):
    emitted.clear()
    made = attached(opened, ofi, content)
    assert (made.media_type, made.ending) == (media_type, ending)
    assert made.size == made.file.size
    assert len(stored(media)) == 1
    assert emitted == [ConsultationChanged(opened.pk, ofi.pk)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"<html>%PDF-</html>", "file.type"),
        (b"GIF89a", "file.type"),
        (b"<svg onload='alert(1)'/>", "file.type"),
        (b"MZ\x90", "file.type"),
        (archive(a=b"b"), "file.type"),
        (archive(**{"word/document.xml": b"<w/>"}), "file.type"),
        (b"PK\x03\x04 not an archive", "file.damaged"),
        (docx()[:-30], "file.damaged"),
        (docx(**{"word/vbaProject.bin": b"x"}), "file.macros"),
        (docx(b"application/vnd.ms-word.document.macroEnabled.main+xml"), "file.macros"),
        (picture()[:200], "file.damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "file.damaged"),
    ],
)
def test_refuses_the_rest_and_keeps_nothing(opened, ofi, media, refused, content, code):
    with refused(code):
        attached(opened, ofi, content)
    assert stored(media) == []
    assert not Attachment.objects.exists()


def test_refuses_more_than_twenty_megabytes_without_reading_them(opened, ofi, refused):
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            assert size > 0
            self.asked += size
            return b"%PDF-" + b"0" * (size - 5)

    endless = Endless()
    with refused("file.too_large"):
        actions.attach(opened, by=ofi, title="Записка", file=endless)
    assert endless.asked <= uploads.MAX_BYTES + 1


def test_refuses_a_picture_of_too_many_pixels_before_drawing_it(opened, ofi, refused):
    with refused("file.too_many_pixels"):
        attached(opened, ofi, picture("PNG", (6000, 5000)))


def test_a_picture_loses_its_metadata_and_keeps_its_way_up(opened, ofi):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "GPS 47.9 33.4"
    made = attached(opened, ofi, picture("JPEG", exif=exif, comment=b"secret"))
    content = made.file.open().read()
    assert b"47.9" not in content
    assert b"secret" not in content
    again = Image.open(io.BytesIO(content))
    assert again.size == (30, 40)
    assert not again.getexif()


def test_a_transparent_picture_stays_transparent(opened, ofi):
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    made = attached(opened, ofi, out.getvalue())
    assert Image.open(made.file.open()).getpixel((0, 0))[3] == 0


def test_is_for_the_department_alone(opened, olena, mo, stranger, ofi, refused, media):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            attached(opened, person)
    made = attached(opened, ofi)
    with refused("consultation.officers_only"):
        actions.detach(made, by=stranger)
    assert len(stored(media)) == 1


def test_papers_of_what_was_withdrawn_stay(department, ofi, refused):
    withdrawn = factories.consultation(department, State.WITHDRAWN)
    with refused("consultation.withdrawn"):
        attached(withdrawn, ofi)


def test_a_deleted_file_is_gone_after_the_commit(
    opened, ofi, media, django_capture_on_commit_callbacks
):
    made = attached(opened, ofi)
    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(made, by=ofi)
    assert not Attachment.objects.exists()
    assert stored(media) == []


class TestDownload:
    def test_to_be_saved_and_never_opened_here(self, client, opened, ofi):
        made = attached(opened, ofi, title="Пояснювальна записка / 2026")
        response = client.get(made.get_absolute_url())
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == PDF
        headers = response.headers
        assert headers["Content-Type"] == uploads.PDF
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["Content-Disposition"].startswith("attachment;")
        assert headers["Content-Length"] == str(len(PDF))

    def test_follows_its_consultation(self, client, preparing, ofi, stranger, mo):
        made = attached(preparing, ofi)
        address = made.get_absolute_url()
        assert client.get(address).status_code == 404
        for person, status in ((mo, 404), (stranger, 404), (ofi, 200)):
            client.force_login(person)
            assert client.get(address).status_code == status

    def test_a_lost_file_is_not_found(self, client, opened, ofi):
        made = attached(opened, ofi)
        made.file.storage.delete(made.file.name)
        assert client.get(made.get_absolute_url()).status_code == 404


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, ofi):
        client.force_login(ofi)

    def test_adds_and_deletes_a_file(self, client, opened):
        response = client.post(
            reverse("desk:attach", args=[opened.pk]),
            {
                "file-kind": "note",
                "file-title": "Записка",
                "file-file": SimpleUploadedFile("a.pdf", PDF),
            },
            follow=True,
        )
        assert "Записка" in response.text
        made = Attachment.objects.get()
        address = reverse("desk:detach", args=[opened.pk, made.pk])
        assert "Записка" in client.get(address).text
        assert client.post(address).status_code == 302
        assert not Attachment.objects.exists()

    def test_a_refused_file_keeps_the_title(self, client, opened):
        response = client.post(
            reverse("desk:attach", args=[opened.pk]),
            {
                "file-kind": "note",
                "file-title": "Записка",
                "file-file": SimpleUploadedFile("a.exe", b"MZ"),
            },
        )
        assert response.status_code == 422
        assert 'value="Записка"' in response.text

    def test_adds_and_deletes_a_link(self, client, opened):
        address = reverse("desk:link", args=[opened.pk])
        wrong = {"link-title": "Закон", "link-url": "javascript:alert(1)"}
        assert client.post(address, wrong).status_code == 422
        right = {"link-title": "Закон", "link-url": "https://zakon.rada.gov.ua/"}
        assert client.post(address, right).status_code == 302
        link = opened.links.get()
        address = reverse("desk:unlink", args=[opened.pk, link.pk])
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 302
        assert not opened.links.exists()

    def test_anothers_file_is_not_found_here(self, client, opened, closed, ofi):
        made = attached(closed, ofi)
        address = reverse("desk:detach", args=[opened.pk, made.pk])
        assert client.post(address).status_code == 404
