"""Views of the files of an appeal, as those who work on it open them.

Pictures are drawn anew and PDFs are looked into when they come (appeals/filing/files.py). An office
document is opened as a PDF that the isolated converter makes of it; the document itself is behind a
page that warns, also where there is no converter.
"""

from __future__ import annotations

import io
import zipfile

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from appeals.desk.case import Case, load
from appeals.models import Attachment
from core.export import conversion, uploads
from core.web.downloads import as_download


def _load(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> tuple[Case, Attachment]:
    case = load(request, pk)
    taken = Attachment.objects.taken()
    of_case = taken.filter(appeal=case.appeal) | taken.filter(answer__appeal=case.appeal)
    return case, get_object_or_404(of_case, pk=file_pk)


@login_required
@require_GET
@shows_people
def file(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of it or of its answers, always to be saved; of a document that its applicant has sent
    the page that warns, until ``original=1``. Who works on it."""
    _case, found = _load(request, pk, file_pk)
    if found.is_document_of_applicant and request.GET.get("original") != "1":
        return redirect("appeals_desk:file_original", pk, file_pk)
    return as_download(bytes(found.content), media_type=found.media_type, name=found.name)


@login_required
@require_GET
@shows_people
def file_pdf(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A document as the PDF that the converter makes of it, to be saved; where it makes none, the
    page that says so. Who works on it."""
    case, found = _load(request, pk, file_pk)
    if not found.is_document_of_applicant:
        raise Http404
    content = bytes(found.content)
    try:
        if not zipfile.is_zipfile(io.BytesIO(content)):  # nothing for LibreOffice to guess at
            raise conversion.NotConverted("failed")
        made = conversion.convert(content, conversion.TO_PDF[found.ending])
    except conversion.NotConverted as refusal:
        return _original_page(request, case, found, why=refusal.why)
    name = f"{found.name.rpartition('.')[0] or found.name}.pdf"
    return as_download(made, media_type=uploads.PDF, name=name)


@login_required
@require_GET
@shows_people
def file_original(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A page that warns before a document is opened as it was sent. Who works on it."""
    case, found = _load(request, pk, file_pk)
    if not found.is_document_of_applicant:
        raise Http404
    return _original_page(request, case, found)


def _original_page(
    request: HttpRequest, case: Case, file: Attachment, *, why: str = ""
) -> HttpResponse:
    context = {
        "shown": case.shown,
        "here": file.name,
        "file": file,
        "is_converted": conversion.is_offered() and not why,
        "why": why,
    }
    status = {"": 200, "busy": 503}.get(why, 422)
    return render(request, "appeals/desk_file.html", context, status=status)
