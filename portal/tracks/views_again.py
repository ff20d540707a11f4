"""Repeat one's former words on another track."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.domain.rules import require
from core.web.client_ip import client_groups
from portal.tracks.own_words import SOURCES
from portal.tracks.tracks import UNSURE, load_tracks
from portal.tracks.views import SEEK, offered_context


@never_cache
@require_safe
def again(request: HttpRequest, source: str, pk: int) -> HttpResponse:
    """The forms to which one's own words can go. Whoever said them; anybody else: 404."""
    load = SOURCES.get(source)
    words = load(request, pk) if load else None
    if words is None:
        raise Http404
    require(SEEK.spend_client(client_groups(request)))
    tracks = [track for track in load_tracks() if track.code in words.tracks]
    context = {
        **offered_context(words.whole, UNSURE, tracks, said_at=words.said_at),
        "words": words,
    }
    return render(request, "portal/tracks/offered.html", context)
