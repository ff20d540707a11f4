"""A published file to download."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultations.models import Attachment, Consultation
from core.web.downloads import SANDBOXED


@require_safe
def attachment(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """The file, always to be saved and never to be opened in the site's own page.

    Whoever may see the consultation. ``name`` is for people; the file is found by ``pk``.
    """
    visible = Consultation.objects.visible_to(request.user)
    found = get_object_or_404(Attachment.objects.filter(consultation__in=visible), pk=pk)
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
