"""What is uploaded is what it is; whoever downloads it saves it, and no page of ours opens it."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from consultations.models import Attachment
from drafts.versions import difference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
SCRIPT = b"<script>xss()</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="xss()"/>'


def _png(size: tuple[int, int] = (9, 9), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def _attach(client, city, name: str, content: bytes, kind: str, title: str = "Файл"):
    file = SimpleUploadedFile("placeholder", content, content_type=kind)
    file._name = name
    place = f"/desk/consultations/{city.opened.pk}/papers/attach/"
    return client.post(place, {"file-kind": "paper", "file-title": title, "file-file": file})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", SVG, "image/png"),
        ("a.svg", SVG, "image/svg+xml"),
        ("a.pdf", b"<!doctype html>" + SCRIPT, "application/pdf"),
        ("a.pdf", b"\n%PDF-1.7" + SCRIPT, "application/pdf"),
        ("a.docx", _zip(a=SCRIPT), "application/zip"),
        ("a.docx", _zip(mimetype=b"text/html"), "application/zip"),
        ("a.gif", b"GIF89a/*" + SCRIPT, "image/gif"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + SCRIPT, "image/png"),
        ("a.jpg", b"\xff\xd8\xff" + SCRIPT, "image/jpeg"),
        ("a.png", _png((13_000, 13_000), "1"), "image/png"),
    ],
)
def test_what_only_calls_itself_so_is_refused(city, enter, name, content, kind):
    before = Attachment.objects.count()
    response = _attach(enter("ofi"), city, name, content, kind)
    assert response.status_code == 422
    assert Attachment.objects.count() == before


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", b"%PDF-1.7\n" + SCRIPT, "text/html"),
        ("a.html", _png() + SCRIPT, "text/html"),
        ("../../../etc/cron.d/x", _png(), "image/png"),
        ("a\r\nX-Evil: 1.png", _png(), "image/png"),
        ("a\x00.png", _png(), "image/png"),
    ],
)
def test_what_is_two_things_is_served_as_the_harmless_one(city, enter, name, content, kind):
    response = _attach(enter("ofi"), city, name, content, kind)
    if response.status_code == 422:  # Django itself takes no such name
        return
    made = Attachment.objects.latest("pk")
    assert made.file.name.count("/") <= 3 and ".." not in made.file.name
    served = enter("anon").get(made.get_absolute_url())
    body = b"".join(served)
    assert served["Content-Type"] in ("application/pdf", "image/png")
    assert served["Content-Disposition"].startswith("attachment")
    assert "sandbox" in served["Content-Security-Policy"]
    assert "default-src 'none'" in served["Content-Security-Policy"]
    assert served["X-Content-Type-Options"] == "nosniff"
    if served["Content-Type"] == "image/png":
        assert SCRIPT not in body


@pytest.mark.parametrize(
    "title",
    [
        "a\r\nSet-Cookie: evil=1",
        'a"; filename="evil.html',
        "../../etc/passwd",
        "..\\..\\evil.exe",
        "\u202egnp.exe",
        "Записка «про» її – №1",
        "/",
        "…",
        "a" * 200,
    ],
)
def test_a_title_makes_no_header_and_no_path(city, enter, title):
    response = _attach(enter("ofi"), city, "a.png", _png(), "image/png", title=title)
    assert response.status_code == 302
    made = Attachment.objects.latest("pk")
    served = enter("anon").get(made.get_absolute_url())
    assert served.status_code == 200
    how = served["Content-Disposition"]
    assert "Set-Cookie" not in served.headers and "\n" not in how
    assert how.startswith("attachment; filename")
    assert made.download_name.endswith(".png")
    assert not set('/\\\r\n"\u202e') & set(made.download_name), made.download_name


def test_files_of_what_nobody_may_see_are_not_there(city, enter, ofi):
    place = f"/desk/consultations/{city.preparing.pk}/papers/attach/"
    file = SimpleUploadedFile("a.png", _png())
    assert (
        enter("ofi")
        .post(place, {"file-kind": "paper", "file-title": "a", "file-file": file})
        .status_code
        == 302
    )
    made = Attachment.objects.latest("pk")
    for role, status in (("anon", 404), ("olena", 404), ("mo", 404), ("stranger", 404)):
        assert enter(role).get(made.get_absolute_url()).status_code == status, role
    kept = enter("ofi").get(made.get_absolute_url())
    assert kept.status_code == 200
    assert kept["Cache-Control"] == "private, no-store"
    assert enter("anon").get(f"/media/{made.file.name}").status_code == 404


def _bomb() -> bytes:
    """A .docx of some kilobytes that would unpack to hundreds of megabytes."""
    return _zip(**{
        "[Content_Types]_xml": b"<Types/>",
        "word__document_xml": b"<w:document>" + b" " * 300_000_000,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", _zip(word__document_xml=b"<a/>")),
        ("a.docx", b"PK\x03\x04" + b"\xff" * 99),
        ("a.html", b"<table>" * 20_000),
        ("a.txt", b"\xff\xfe\x00\xd8" * 999),
        ("a.md", b"> " * 50_000),
        ("a.txt", b"1." * 100_000),
        ("../../a.txt", b"\x00"),
    ],
)
def test_no_file_to_import_breaks_anything(city, enter, name, content):
    place = f"/desk/consultations/{city.preparing.pk}/text/import/"
    file = SimpleUploadedFile(name, content)
    assert enter("ofi").post(place, {"file": file}).status_code in (302, 422)


@pytest.mark.long
def test_a_bomb_is_not_unpacked(city, enter):
    place = f"/desk/consultations/{city.preparing.pk}/text/import/"
    file = SimpleUploadedFile("a.docx", _bomb())
    began = time.process_time()
    assert enter("ofi").post(place, {"file": file}).status_code == 422
    assert time.process_time() - began < 10


def test_a_hostile_wording_costs_little():
    """Twenty of them stand on a page that everybody reads: each once took seconds."""
    first = " ".join("12"[number * 7 % 5 % 2] for number in range(2500))[:5000]
    other = " ".join("12"[number * number % 7 % 2] for number in range(2500))[:5000]
    began = time.process_time()
    difference.words(first, other)
    difference.words("а б " * 200, "б а в " * 200)
    assert time.process_time() - began < 2
