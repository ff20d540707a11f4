"""A file that would attack who opens it is left out; the appeal goes through and says so. Officers
open documents as PDF, and the files themselves behind a warning."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from appeals.models import Appeal, Attachment
from core.export import uploads
from tests.appeals.filing.conftest import TYPED, open_by, photo
from tests.core.export.test_active_content import OFFICE, written

pytestmark = pytest.mark.django_db
NEW = "/appeals/new/"
#: The files of the trial.
TRIAL = {
    "шаблон.docx": OFFICE["attached template"][0],
    "обʼєкт.docx": OFFICE["ole"][0],
    "макроси.odt": OFFICE["basic"][0],
    "великими.DOCX": OFFICE["macros in capitals"][0],
    "скрипт.pdf": written(script=True),
}


def letter() -> bytes:
    out = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("Прошу полагодити ліхтар біля будинку 12.")
    made.save(out)
    return out.getvalue()


def sent(*named: tuple[str, bytes]) -> dict[str, object]:
    return TYPED | {"attachments": [SimpleUploadedFile(name, data) for name, data in named]}


@pytest.fixture
def converter(settings, tmp_path):
    """No unit is asked."""
    settings.CONVERTER_SOCKET = str(tmp_path / "none")


def test_the_appeal_goes_through_without_them_and_names_them(client, office, clerk, converter):
    with translation.override("en"):
        page = client.post(f"/en{NEW}", sent(*TRIAL.items()))
    assert page.status_code == 201
    said = page.content.decode()
    appeal = Appeal.objects.get()
    kept = list(appeal.attachments.order_by("pk"))
    assert [each.left_out for each in kept] == [
        "file.external",
        "file.embedded",
        "file.macros",
        "file.macros",
        "file.script",
    ]
    assert not any(bytes(each.content) or each.size for each in kept)
    assert "Registered without these files" in said
    for name in ("шаблон.docx", "макроси.odt", "великими.DOCX", "скрипт.pdf"):
        assert name in said
    assert "The file loads a template or another part from elsewhere." in said
    assert f"names number {appeal.label}" in said
    client.force_login(clerk)
    desk = client.get(f"/en/desk/appeals/{appeal.pk}/").content.decode()
    assert "Files that were not taken" in desk and "шаблон.docx" in desk
    for path in ("", "pdf/", "original/"):
        assert client.get(f"/desk/appeals/{appeal.pk}/files/{kept[0].pk}/{path}").status_code == 404


def test_what_is_harmless_is_kept_beside_it(client, office):
    form = sent(("лист.docx", letter()), ("шаблон.docx", TRIAL["шаблон.docx"]))
    form["attachments"] = [photo(), *form["attachments"]]
    page = client.post(NEW, form).content.decode()
    (code,) = re.findall(r'id="appeal-secret">([0-9A-Z-]+)<', page)
    appeal = Appeal.objects.get()
    taken = appeal.attachments.taken()
    assert [each.ending for each in taken] == ["jpg", "docx"]
    client.post("/appeals/find/", {"number": appeal.label, "secret": code})
    page = client.get(appeal.get_absolute_url()).content.decode()
    assert "шаблон.docx" in page and 'id="left-out"' in page
    gone = appeal.attachments.get(left_out="file.external")
    assert client.get(f"{appeal.get_absolute_url()}files/{gone.pk}/").status_code == 404


def test_without_such_files_nothing_is_said(client, office, file):
    filed = file()
    open_by(client, filed)
    page = client.get(filed.appeal.get_absolute_url()).content.decode()
    assert 'id="left-out"' not in page


@pytest.fixture
def document(office, clerk, file, client) -> Attachment:
    made = file()
    client.force_login(clerk)
    return Attachment.objects.create(
        appeal=made.appeal,
        name="лист.docx",
        media_type=uploads.DOCX,
        size=9,
        content=letter(),
    )


def test_a_document_itself_is_behind_a_warning(client, document, converter, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no LibreOffice
    place = f"/en/desk/appeals/{document.appeal_id}/files/{document.pk}/"
    desk = client.get(f"/en/desk/appeals/{document.appeal_id}/").content.decode()
    assert f"{place}original/" in desk and f"{place}pdf/" not in desk
    answer = client.get(place)
    assert (answer.status_code, answer["Location"]) == (302, f"{place}original/")
    page = client.get(answer["Location"]).content.decode()
    assert "Before you open it" in page and "Open it as a PDF" not in page
    assert f"{place}?original=1" in page
    saved = client.get(f"{place}?original=1")
    assert saved.content == bytes(document.content)
    assert saved["Content-Disposition"].startswith("attachment")
    # Asked for all the same, the PDF is not there, and the page says so.
    refused = client.get(f"{place}pdf/")
    assert refused.status_code == 422
    assert "A PDF could not be made of this file." in refused.content.decode()


def can_convert() -> bool:
    names = ["unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork", "true"]
    if not shutil.which("soffice") or not shutil.which("unshare"):
        return False
    return subprocess.run(names, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not can_convert(), reason="no LibreOffice or no namespaces")
@pytest.mark.with_all
@pytest.mark.cpu(8)
def test_where_the_converter_stands_a_document_is_opened_as_a_pdf(client, document, converter):
    place = f"/en/desk/appeals/{document.appeal_id}/files/{document.pk}/"
    desk = client.get(f"/en/desk/appeals/{document.appeal_id}/").content.decode()
    assert f"{place}pdf/" in desk
    made = client.get(f"{place}pdf/")
    assert made.status_code == 200
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert "attachment" in made["Content-Disposition"]
