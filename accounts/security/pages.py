"""Views of the account's first page and of one's sessions."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.security import actions, devices
from accounts.security.cards import CARDS
from accounts.security.store import SessionStore


@login_required
@require_safe
def account(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All that one can see and change about oneself. Anybody signed in."""
    return render(request, "accounts/index.html", {"cards": CARDS})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Sessions of the person; end one of them, or all others. Anybody signed in, their own."""
    user, here = request.user, request.session.session_key or ""
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        if chosen == "others":
            ended = actions.end_other_sessions(user, keep=here)
            told = ngettext(
                "Signed out in %(n)d other place.", "Signed out in %(n)d other places.", ended
            )
            messages.success(request, told % {"n": ended})
        elif chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
            actions.end_session(user, int(chosen))
            messages.success(request, _("Signed out there."))
        return redirect("usersessions_list")
    rows = open_sessions(user)
    for row in rows:
        row.is_here = row.session_key == here
        row.device = devices.words(row.user_agent)
    rows.sort(key=lambda row: (not row.is_here, -row.last_seen_at.timestamp()))
    return render(request, "usersessions/usersession_list.html", {"rows": rows})


def open_sessions(user: User) -> list[Any]:
    """The person's sessions that still bring them: not over, not of an older password. Two
    queries for any number."""
    rows = list(UserSession.objects.filter(user=user))
    alive = {
        session.session_key: SessionStore().decode(session.session_data)
        for session in Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=Now()
        )
    }
    current = user.get_session_auth_hash()
    return [row for row in rows if alive.get(row.session_key, {}).get("_auth_user_hash") == current]
