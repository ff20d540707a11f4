"""The follow button, its page, and following by e-mail without an account.

Nothing here tells whether an address follows or has an account: every answer to the form is the
same, and so is the mail. No GET confirms anything, because the scanners of mail servers follow
links.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.domain.rules import Refused, require
from core.web.client_ip import client_groups, client_ip
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from notifications.following import actions, queries, rules, tokens
from notifications.following.forms import AreaForm, EmailForm, OftenForm
from notifications.following.models import DEFAULT_FREQUENCIES
from notifications.following.sentences import say_followed, say_often
from notifications.following.things import KINDS, Thing, load_thing
from notifications.following.tokens import Asked
from notifications.models import Frequency, Kind
from petitions.signing.actions import listen


def _asked_answer(request: HttpRequest, _letter_id: int, kind: str, pk: int) -> HttpResponse:
    return _asked_page(request, load_thing(kind, pk, None))


@idempotent(_asked_answer)
@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Follow a thing, or stop. Anybody: with their account, or by an e-mail that they confirm. To
    htmx, GET and POST answer the region of the button; ``?after=`` is a number that tells it from
    another of the same thing on the page."""
    user = request.user if request.user.is_authenticated else None
    thing = load_thing(kind, pk, user) if kind in Kind else None
    if thing is None:
        raise Http404
    if user is None:
        return _follow_by_email(request, thing)
    if request.method == "POST":
        require(rules.CHANGE.spend(user.pk))
        _change(user, thing, request.POST.get("do", ""))
        if not request.htmx:  # type: ignore[attr-defined]  # django_htmx's middleware sets it
            return redirect("notifications:follow", kind, pk)
    template = "notifications/following/follow.html"
    if request.htmx:  # type: ignore[attr-defined]
        template += "#button"
    after = request.GET.get("after", "")
    context = {
        "thing": thing,
        "kind_label": KINDS[thing.kind],
        "state": queries.load_state(user, kind, pk),
        "after": after if re.fullmatch("[0-9]{1,18}", after) else "",
    }
    return render(request, template, context)


def _change(user: User, thing: Thing, wanted: str) -> None:
    """Follow, stop, or (at_once) be told at once of all of its kind that they follow."""
    if wanted == "at_once":
        follower = actions.follower_of(user)
        actions.set_frequencies(follower, {thing.kind.value: Frequency.NOW.value})
        return
    if wanted != "stop":
        actions.follow(actions.follower_of(user), thing.kind, thing.pk)
        return
    state = queries.load_state(user, thing.kind, thing.pk)
    if state.following is not None:
        actions.unfollow(state.following)
    if state.signature is not None:
        listen(state.signature, wants_news=False)


def _follow_by_email(request: HttpRequest, thing: Thing) -> HttpResponse:
    form = EmailForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            clients = client_groups(request)
            require(rules.ASK.spend_client(clients))
            require(rules.ASK_IN_A_DAY.spend_client(clients))
            email, language = form.cleaned_data["email"], get_language() or "uk"
            asked = Asked(email, language, thing.kind.value, thing.pk)
            actions.ask_by_email(asked, address=client_ip(request))
            return _asked_page(request, thing)
    often = DEFAULT_FREQUENCIES[thing.kind]
    context = {
        "thing": thing,
        "form": form,
        "often": say_often(often),
        "may_be_at_once": often != Frequency.NOW,
    }
    return render(request, "notifications/following/by_email.html", context, status=form.status)


def _asked_page(request: HttpRequest, thing: Thing | None) -> HttpResponse:
    return render(request, "notifications/following/asked.html", {"thing": thing})


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Choose a theme, a district or a street; leads to its page of following. Anybody."""
    form = AreaForm(request.GET if request.GET else None, one=True)
    if form.is_bound and form.is_valid():
        ((kind, pk),) = form.chosen
        return redirect("notifications:follow", kind.value, pk)
    return render(request, "notifications/following/areas.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: GET shows what it is about, POST follows it. Who reads the mailbox."""
    asked = tokens.read_confirmation(token)
    if asked is None:
        expired = {"verdict": rules.LINK_EXPIRED}
        return render(request, "notifications/following/link_expired.html", expired, status=404)
    thing = load_thing(asked.kind, asked.pk, None) if asked.kind else None
    context: dict[str, Any] = {"asked": asked, "thing": thing, "verdict": None}
    form = None
    if asked.kind:
        now = queries.load_frequencies_of(asked.email)[Kind(asked.kind)]
        form = OftenForm(posted_data(request), kind=Kind(asked.kind), now=now)
    context["form"] = form
    if request.method == "GET":
        return render(request, "notifications/following/confirm.html", context)
    try:
        follower = actions.confirm_email(token)
        if form is not None and form.chosen is not None:
            actions.set_frequencies(follower, {asked.kind: form.chosen.value})
    except Refused as refusal:
        context["verdict"] = refusal.verdict
        return render(request, "notifications/following/confirm.html", context, status=422)
    if thing is not None:
        context["sentence"] = say_followed(thing)
        context["often"] = say_often(queries.load_frequencies(follower)[thing.kind])
    context["settings_path"] = tokens.settings_path(follower)
    return render(request, "notifications/following/confirmed.html", context)
