"""The public pages of minutes: their editions, the files, and what they are verified by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from core.export import docx, pdf
from core.web.downloads import SANDBOXED
from core.web.pages import shared_page
from meetings.minutes import documents, manifest, queries
from meetings.minutes.parts import shown_words
from meetings.models import MinutesEdition
from meetings.presenters import ShownMeeting
from meetings.views import meeting_of, topics_of

MIME = {"docx": docx.MIME, "pdf": pdf.MIME}


@require_safe
@shared_page(topics_of)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Published minutes, the newest edition or the one asked for. Anybody."""
    shown = meeting_of(request, pk)
    edition = _load_edition(shown, request)
    with translation.override(settings.LANGUAGE_CODE):
        said = shown_words(queries.parts_of(edition))
        blocks = documents.blocks_of(edition.content, said)
    context: dict[str, Any] = {
        "edition": edition,
        "editions": queries.editions_of(shown.meeting),
        "head": documents.title_block(edition),
        "blocks": blocks,
        "foot": documents.verification_block(edition),
    }
    return render(request, "meetings/minutes.html", shown.context(**context))


@require_safe
def minutes_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The DOCX or PDF of an edition, to be saved. Anybody; 404 until it is made."""
    edition = _load_edition(meeting_of(request, pk), request)
    if not edition.has_files:
        raise Http404
    try:
        content = getattr(edition, kind).open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"minutes-{pk}-{edition.number}.{kind}",
        content_type=MIME[kind],
        headers=SANDBOXED,
    )


@require_safe
def minutes_manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """The manifest of an edition, whose SHA-256 the minutes tell. Anybody."""
    edition = _load_edition(meeting_of(request, pk), request)
    lines = manifest.lines_of(edition, edition.parts.order_by("place"))
    words = "".join(f"{line}\n" for line in lines)
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _load_edition(shown: ShownMeeting, request: HttpRequest) -> MinutesEdition:
    """The edition asked for. 404 where there is none."""
    edition = queries.edition_to_read(shown.meeting, request.GET.get("edition", ""))
    if edition is None:
        raise Http404
    return edition
