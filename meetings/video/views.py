"""Public pages of what was said in a meeting, by the subtitles of its video."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.db.paging import neighbours, page_of
from core.web.pages import shared_page
from meetings.log.jumps import at_second, clock_of
from meetings.models import Subtitle
from meetings.video.queries import lines_of
from meetings.views import meeting_of, topics_of

#: Lines on a page.
SIZE = 200
#: The longest words that are sought.
_LONGEST = 100


@require_safe
@shared_page(topics_of)
def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """Transcript by the second of the video, or the lines with the words ``q``. Anybody."""
    shown = meeting_of(request, pk)
    sought = " ".join(request.GET.get("q", "")[:_LONGEST].replace("\0", "").split())
    rows = lines_of(shown.meeting, sought)
    page = page_of(rows, order=("begins", "pk"), after=request.GET.get("after", ""), size=SIZE)
    context = shown.context(
        sought=sought,
        lines=[_line(shown.meeting.video_url, row) for row in page],
        **neighbours(page, request.GET),
    )
    return render(request, "meetings/transcript.html", context)


def _line(video_url: str, row: Subtitle) -> dict[str, object]:
    seconds = row.begins // 1000
    url = at_second(video_url, seconds) if video_url else ""
    return {"row": row, "clock": clock_of(seconds), "url": url}


@require_safe
@shared_page(topics_of)
def subtitles(request: HttpRequest, pk: int) -> HttpResponse:
    """The subtitles as a file (WebVTT), which the player of our own page loads. Anybody; 404 where
    there are none."""
    shown = meeting_of(request, pk)
    rows = list(shown.meeting.subtitles.order_by("begins", "pk"))
    if not rows:
        raise Http404
    cues = "\n".join(
        f"{_moment(row.begins)} --> {_moment(row.ends)}\n{_escape_line(row.text)}\n" for row in rows
    )
    return HttpResponse(f"WEBVTT\n\n{cues}", content_type="text/vtt; charset=utf-8")


def _moment(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{rest:03d}"


def _escape_line(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
