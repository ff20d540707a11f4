"""A follower's settings and inbox. With an account, or without one by the link of a mail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.rules import require
from core.web.client_ip import client_ip
from notifications.activities.queries import Page
from notifications.channels.push.keys import is_on
from notifications.following import actions, queries, rules, tokens
from notifications.following.forms import AreaForm, SettingsForm
from notifications.following.tokens import Asked
from notifications.models import Follower, Following
from notifications.sending.unsubscribing import set_wanted
from petitions.signing.actions import listen


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def settings(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Followed things and their frequencies. Anybody signed in."""
    if request.method == "POST":
        follower = actions.follower_of(request.user)
    else:
        follower = _find_own(request) or Follower(user=request.user)
    return _settings(request, follower, reverse("notifications:settings"))


@never_cache
@require_http_methods(["GET", "POST"])
def settings_by_link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The same, of an e-mail address without an account. Who has the link of a mail."""
    follower = get_object_or_404(Follower.objects.filter(user=None), pk=pk)
    if not tokens.is_settings_token(token, follower):
        raise Http404
    return _settings(request, follower, tokens.settings_path(follower))


def _settings(request: HttpRequest, follower: Follower, path: str) -> HttpResponse:
    forms: dict[str, Any] = {
        "area_form": AreaForm(prefix="area"),
        "form": SettingsForm(
            None, follower=follower, frequencies=queries.load_frequencies(follower)
        ),
    }
    status = 200
    if request.method == "POST":
        require(rules.CHANGE.spend("follower", follower.pk))
        changed = _change(request, follower)
        if isinstance(changed, dict):
            forms |= changed
            status = 422
        else:
            return redirect(f"{path}?done={changed}")
    context = {
        **forms,
        "follower": follower,
        "path": path,
        "done": request.GET.get("done", ""),
        "followed": queries.load_followed(follower),
    }
    if follower.user is not None:
        context |= {
            "unread": queries.count_unread(follower),
            "has_push": is_on(),
            "wishes": queries.wishes_of(follower.user),
            "unwanted": queries.unwanted_by(follower.user),
        }
    template = "notifications/following/settings.html"
    return render(request, template, context, status=status)


def _change(request: HttpRequest, follower: Follower) -> str | dict[str, Any]:
    """Do what the form says: what was done, or the form that says what is wrong with it."""
    match request.POST.get("do"):
        case "areas":
            areas = AreaForm(request.POST, prefix="area")
            if areas.is_valid():
                with areas.attempt():
                    for kind, pk in areas.chosen:
                        actions.follow(follower, kind.value, pk)
                    return "followed"
            return {"area_form": areas}
        case "settings":
            frequencies = queries.load_frequencies(follower)
            form = SettingsForm(request.POST, follower=follower, frequencies=frequencies)
            if form.is_valid():
                with form.attempt():
                    quiet = form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"]
                    actions.set_quiet_hours(follower, *quiet)
                    actions.set_frequencies(follower, form.frequencies)
                    return "saved"
            return {"form": form}
        case "stop":
            mine = Following.objects.filter(follower=follower).select_related("follower")
            actions.unfollow(get_object_or_404(mine, pk=_number(request, "following")))
            return "stopped"
        case "stop_all":
            actions.stop(follower)
            return "stopped_all"
        case "bounced" if follower.bounced_at is not None:
            asked = Asked(follower.address, _language(follower))
            actions.ask_by_email(asked, address=client_ip(request))
            return "asked"
        case "news" if follower.user is not None:
            wishes = queries.wishes_of(follower.user)
            signature = get_object_or_404(wishes, pk=_number(request, "signature"))
            listen(signature, wants_news=False)
            return "stopped"
        case "mails" if follower.user is not None:
            unwanted = queries.unwanted_by(follower.user)
            row = get_object_or_404(unwanted, pk=_number(request, "unsubscription"))
            set_wanted(follower.user.pk, row.consultation_id, is_wanted=True)
            return "followed"
    raise Http404


def _number(request: HttpRequest, name: str) -> int:
    """A key that the form holds. Raises Http404 for what is none."""
    found = _read_key(request.POST.get(name, ""))
    if found is None:
        raise Http404
    return found


def _read_key(given: str) -> int | None:
    """A key as a page wrote it; None for what is none."""
    is_key = given.isascii() and given.isdecimal() and len(given) < 19
    return int(given) if is_key else None


def _language(follower: Follower) -> str:
    return follower.user.language if follower.user else follower.language


def _find_own(request: AuthenticatedHttpRequest) -> Follower | None:
    return Follower.objects.select_related("user").filter(user=request.user.pk).first()


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def inbox(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Activities about what one follows; POST takes them for read. Anybody signed in."""
    follower = _find_own(request)
    if request.method == "POST":
        until = _moment(request.POST.get("until", ""))
        if follower is not None and until is not None:
            actions.mark_read(follower, until)
        return redirect("notifications:inbox")
    now = clock.now()
    until = _moment(request.GET.get("until", "")) or now
    before = _read_key(request.GET.get("before", ""))
    page = queries.load_inbox(follower, until, before) if follower else Page([])
    context = {
        "follower": follower,
        "now": now,
        "shown": page.shown,
        "has_unread": follower is not None
        and any(one.at > follower.read_until for one in page.shown),
        "last": page.last,
    }
    return render(request, "notifications/following/inbox.html", context)


def _moment(given: str) -> Any:
    """A moment with its zone, as the page wrote it; None for anything else."""
    try:
        moment = parse_datetime(given)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


@never_cache
@login_required
@require_safe
def unread(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The part of the account menu that says how much is unread, or that mails bounce; 204 where
    there is nothing to say. Who is signed in."""
    follower = _find_own(request)
    number = queries.count_unread(follower) if follower else 0
    if follower is None or not (number or follower.bounced_at):
        return HttpResponse(status=204)
    context = {"number": number, "most": queries.MOST_UNREAD, "follower": follower}
    return render(request, "notifications/following/unread.html", context)
