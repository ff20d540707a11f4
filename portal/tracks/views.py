"""Views of /start/: what somebody wants to say becomes a remark, a petition or an appeal.

Nothing is stored. The words travel in the forms of these pages until they stand in the form of the
chosen track.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import TEN_MINUTES, Limit
from appeals.answers.actions import PUBLISHED
from core.domain.rules import require
from core.web.client_ip import client_groups
from core.web.pages import shared_page
from portal.tracks import matters as matters  # registers its finders
from portal.tracks.forms import StartForm
from portal.tracks.likeness import Sought, find_alike
from portal.tracks.presenters import Track
from portal.tracks.tracks import UNSURE, load_tracks

#: Texts by one client for which likeness is sought: a hall or a provider may share an address.
SEEK = Limit("start-seek", 300, TEN_MINUTES)


def _topics() -> list[str]:
    return ["consultations", "petitions", PUBLISHED]


# Without a token against forgery: the page is the same for everybody and is kept, and its form
# changes nothing. The forms that it leads to ask for one.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@shared_page(_topics)
def start(request: HttpRequest) -> HttpResponse:
    """Choice of a way to say something to the city; POST shows similar matters and the tracks.
    Anybody.
    Anybody.

    ``back``: the words come back from there.
    """
    if request.method != "POST":
        return render(
            request, "portal/tracks/start.html", {"form": StartForm(tracks=load_tracks())}
        )
    _require_own_page(request)
    tracks = load_tracks()
    if "back" in request.POST:
        form = StartForm(initial=request.POST.dict(), tracks=tracks)
        return render(request, "portal/tracks/start.html", {"form": form})
    form = StartForm(request.POST, tracks=tracks)
    if not form.is_valid():
        return render(request, "portal/tracks/start.html", {"form": form}, status=form.status)
    with form.attempt():
        require(SEEK.spend_client(client_groups(request)))
        context = offered_context(form.cleaned_data["text"], form.track_code, tracks)
        return render(request, "portal/tracks/offered.html", context)
    return render(request, "portal/tracks/start.html", {"form": form}, status=form.status)


def offered_context(
    text: str, code: str, tracks: list[Track], *, said_at: str = ""
) -> dict[str, Any]:
    """Similar matters, and the forms of the chosen track, or of all: two queries.

    ``said_at``: the address of what the words are said of already, which is not offered.
    """
    alike = [kind.without(said_at) for kind in find_alike(text)]
    shown = {matter.speak_url for kind in alike for matter in kind.matters}
    likeness = Sought.of(text).count
    chosen = [
        track.without(shown).most_alike_first(likeness)
        for track in tracks
        if code in (UNSURE, track.code)
    ]
    return {"text": text, "code": code, "alike": alike, "tracks": chosen}


def _require_own_page(request: HttpRequest) -> None:
    """Refuse what a page of another site sends: it would put its words into somebody's mouth."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        raise PermissionDenied
