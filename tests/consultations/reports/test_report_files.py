"""The files of an edition say what its page says, in the structure of their formats."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from accounts.data import actions as rights
from consultations.evidence.verifier import verify
from consultations.models import Edition
from consultations.remarks import actions as speaking
from consultations.reports import files
from core.export.docx import docx as docx_of
from discussions.actions import hide
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(opened, olena, bohdan, ofi, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for person, text in ((olena, "До 23:00."), (bohdan, "Ні, тихо.")):
        factories.settle(speaking.remark(opened, by=person, text=text), "rejected")
    clock.set(opened.closes_at)
    return factories.publish_report(opened, by=ofi)


@pytest.fixture
def deferred(db):
    """The editions whose files are to be made, by the jobs that wait."""

    def of() -> list[int]:
        jobs = ProcrastinateJob.objects.filter(task_name="consultations.jobs.make_report_files")
        return [job.args["edition_id"] for job in jobs]

    return of


def load(client, edition: Edition, kind: str) -> bytes:
    answer = client.get(reverse(f"consultations:report_{kind}", args=[edition.consultation_id]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.cpu(6)
def test_are_made_by_a_job_and_say_the_same(client, edition):
    files.make_files(edition.pk)
    edition.refresh_from_db()
    assert edition.progress == 100
    word = docx.Document(BytesIO(load(client, edition, "docx")))
    named = f"sha256:{edition.sha256}"
    assert word.core_properties.keywords == named
    assert f"({named})".encode() in load(client, edition, "pdf"), "programs need no PDF library"
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
    assert headings == [each["heading"] for each in edition.content if "heading" in each]
    pdf = PdfReader(BytesIO(load(client, edition, "pdf")))
    assert pdf.root_object["/Lang"] == "uk"
    assert edition.consultation.title in pdf.metadata.title
    printed = " ".join(page.extract_text() for page in pdf.pages)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    page = client.get(reverse("consultations:report", args=[edition.consultation_id])).text
    for words in ("До 23:00.", "Ні, тихо.", "Суперечить закону."):
        assert words in cells
        assert words in " ".join(printed.split())
        assert words in page


def test_their_properties_name_the_manifest_where_the_verifier_looks(
    client, edition, monkeypatch, tmp_path
):
    monkeypatch.setattr("core.export.pdf.MOST_LETTERS", 400)  # so that the PDF is joined of parts
    files.make_files(edition.pk)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for kind in ("pdf", "docx"):
            verify.write_member(archive, f"report.{kind}", [load(client, edition, kind)])
    with (tmp_path / "b.zip").open("rb") as file:
        archive = verify.Archive(file, verify.Found())
        assert verify.named_in(archive, "report.pdf") == {edition.sha256}
        assert verify.named_in_docx(archive, "report.docx") == {edition.sha256}
    page = client.get(reverse("consultations:report", args=[edition.consultation_id])).text
    assert edition.sha256 in page


@pytest.mark.cpu(6)
def test_are_made_anew_without_what_a_moderator_hid(
    client, edition, mo, deferred, django_capture_on_commit_callbacks
):
    files.make_files(edition.pk)
    edition.refresh_from_db()
    former = edition.docx.name
    hide(
        edition.rows.get(number=1).remark.comment, by=mo, reason="personal", note="Порушує правила"
    )
    assert edition.pk in deferred()
    address = reverse("consultations:report_docx", args=[edition.consultation_id])
    assert client.get(address).status_code == 404  # rather none than the former one
    with django_capture_on_commit_callbacks(execute=True):
        files.make_files(edition.pk)
    edition.refresh_from_db()
    assert edition.docx.name != former
    assert not edition.docx.storage.exists(former)
    with edition.docx.open("rb") as file:
        word = docx.Document(BytesIO(file.read()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "До 23:00." not in cells
    assert "Ні, тихо." in cells


def test_the_progress_goes_on_while_the_pdf_is_set(edition, monkeypatch):
    monkeypatch.setattr("core.export.pdf.MOST_LETTERS", 400)
    with CaptureQueriesContext(connection) as queries:
        files.make_files(edition.pk)
    said = [
        int(found[1])
        for query in queries
        if (found := re.search(r'SET "progress" = (\d+)', query["sql"]))
    ]
    assert said == sorted(said)
    assert len({each for each in said if 5 < each < 70}) >= 1
    edition.refresh_from_db()
    assert edition.has_files


@pytest.mark.parametrize("how", ["hide", "erase"])
def test_files_that_say_too_much_are_thrown_away(edition, olena, mo, monkeypatch, how):
    """What has to go while they are made is in the files of the next job."""

    def change_and_write(document):
        if how == "hide":
            hide(
                edition.rows.get(number=1).remark.comment,
                by=mo,
                reason="personal",
                note="Порушує правила",
            )
        else:
            rights.erase(olena, by=olena)
        return docx_of(document)

    monkeypatch.setattr(files, "docx", change_and_write)
    files.make_files(edition.pk)
    edition.refresh_from_db()
    assert not edition.has_files
    assert not edition.pdf
    monkeypatch.setattr(files, "docx", docx_of)
    files.make_files(edition.pk)
    edition.refresh_from_db()
    assert edition.has_files


def test_a_job_that_fails_leaves_the_report_to_be_read(client, edition, monkeypatch):
    monkeypatch.setattr(files, "docx", lambda document: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        files.make_files(edition.pk)
    page = client.get(reverse("consultations:report", args=[edition.consultation_id]))
    assert page.status_code == 200
