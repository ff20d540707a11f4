"""The links by which followers stop mails, in one click (RFC 8058).

Without a token against forgery: the program of whoever reads the mail sends the form, with no
cookie and no page before it. The secret is in the address. No redirect: programs do not follow it
with their form.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.following import actions, tokens
from notifications.following.models import topic_of
from notifications.following.things import load_thing
from notifications.models import Follower, Following, Kind


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: int, kind: str, thing_pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing; POST follows the thing no more, or, with
    ``again``, follows it again. Who has the link."""
    if kind not in Kind:
        raise Http404
    topic = topic_of(kind, thing_pk)
    follower = _find_follower(pk, token, topic)
    mine = Following.objects.filter(follower=follower, topic=topic).select_related("follower")
    if request.method == "POST":
        if "again" in request.POST:
            actions.follow(follower, kind, thing_pk)
        else:
            for following in mine:
                actions.unfollow(following)
    context = {"thing": load_thing(kind, thing_pk, follower.user), "is_followed": mine.exists()}
    return _page(request, follower, context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop_all(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing; POST stops all mails of what they follow. Who has
    the link."""
    follower = _find_follower(pk, token)
    if request.method == "POST":
        actions.stop(follower)
    return _page(request, follower, {"is_all": True})


def _find_follower(pk: int, token: str, topic: str = "") -> Follower:
    follower = get_object_or_404(Follower.objects.select_related("user"), pk=pk)
    if not tokens.is_stop_token(token, follower, topic):
        raise Http404
    return follower


def _page(request: HttpRequest, follower: Follower, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "follower": follower,
        "is_done": request.method == "POST",
        # Behind a sign-in. That of an address alone is a secret that this link does not give.
        "settings_path": tokens.settings_path(follower) if follower.user_id else "",
    }
    return render(request, "notifications/following/stop.html", context)
