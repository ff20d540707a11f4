"""A document of a meeting to download."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.web.downloads import SANDBOXED
from meetings.models import Meeting, MeetingDocument


@require_safe
def document(request: HttpRequest, pk: int, document_pk: int, name: str) -> FileResponse:
    """The file, always to be saved. Whoever may see the meeting. ``name`` is for people; the
    document is found by its number."""
    visible = Meeting.objects.visible_to(request.user).filter(pk=pk)
    there = MeetingDocument.objects.filter(meeting__in=visible, removed_at=None)
    found = get_object_or_404(there, pk=document_pk)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=found.download_name,
        content_type=found.media_type,
        headers={**SANDBOXED, "Content-Length": str(found.size)},
    )
