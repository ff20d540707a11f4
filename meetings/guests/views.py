"""Guests of the hall: the cookie, the page from which they take part.

Nothing here is shared or kept by a proxy: all answers are no-store.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.limits import per_client
from core.domain.rules import Refused, require
from core.web.client_ip import client_groups
from core.web.requests import wants_data
from meetings import limits, pages
from meetings.guests import actions, queries
from meetings.guests.cookies import give_cookie, guest_of, take_cookie
from meetings.hall.views import forget_scan, has_scanned
from meetings.models import Guest, GuestSignal
from meetings.views import meeting_of

View = Callable[..., HttpResponseBase]


def or_guest(act: View) -> Callable[[View], View]:
    """A view for whoever is signed in, and ``act`` for a guest of the hall: it gets the guest after
    the request."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            guest = guest_of(request, pk) if request.method == "POST" else None
            if guest is None:
                return view(request, pk=pk, **kwargs)
            return never_cache(act)(request, guest, pk=pk, **kwargs)

        return answer

    return decorate


def press(
    request: HttpRequest, guest: Guest, act: Callable[[], dict[str, Any]], *, at: str
) -> HttpResponse:
    """Do what a guest has pressed, within the limits of their device and of their network: data for
    a script, else their page again."""
    require(limits.GUEST.spend(guest.pk))
    require(limits.GUEST_NETWORK.spend_client(client_groups(request)))
    try:
        told = act()
    except Refused as refusal:
        if wants_data(request):
            raise
        messages.warning(request, str(refusal))
    else:
        if wants_data(request):
            return JsonResponse(told)
    return redirect(f"{reverse('meetings:guest', args=[guest.meeting_id])}#{at}")


@never_cache
@require_POST
@per_client(limits.GUEST_ENTER)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part without an account. Whoever meetings.guests.rules.enter lets."""
    shown = meeting_of(request, pk)
    if request.user.is_authenticated:
        return redirect("meetings:hall", pk)
    if guest_of(request, pk) is not None:
        return redirect("meetings:guest", pk)
    try:
        key = actions.enter(shown.meeting, has_scanned=has_scanned(request, shown))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("meetings:hall", pk)
    forget_scan(request, pk)
    response = redirect("meetings:guest", pk)
    give_cookie(response, key)
    return response


@never_cache
@require_safe
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a guest of its hall follows it and takes part. Whoever has its cookie while it
    goes on; others are led to where the code is asked for, or to the meeting."""
    shown = meeting_of(request, pk)
    found = guest_of(request, pk)
    if found is None:
        response = redirect(shown.meeting if not shown.is_running else "meetings:hall", pk)
        take_cookie(response)
        return response
    context = {
        **pages.detail_context(shown, request.GET),
        "mine_url": reverse("meetings:guest_mine", args=[pk]),
        "signals": queries.signals_context(shown.meeting, shown.now),
    }
    return render(request, "meetings/guest.html", context)


@never_cache
@require_safe
def mine(request: HttpRequest, pk: int) -> JsonResponse:
    """The guest's support, choices and signals. Whoever has the meeting's cookie."""
    shown = meeting_of(request, pk)
    found = guest_of(request, pk)
    if found is None:
        raise Http404
    return JsonResponse(queries.mine(found, shown.now))


class SignalForm(forms.Form):
    """Which signal, and whether it is given (1) or taken back (0)."""

    kind = forms.ChoiceField(choices=GuestSignal.Kind.choices)
    value = forms.TypedChoiceField(choices=[(1, "+"), (0, "0")], coerce=int)


@never_cache
@require_POST
def signal(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask that people speak slower or louder. Whoever meetings.guests.rules.take_part lets."""
    shown = meeting_of(request, pk)
    found = guest_of(request, pk)
    form = SignalForm({"kind": kind, "value": request.POST.get("value", "")})
    if found is None or not form.is_valid():
        raise Http404
    wanted = bool(form.cleaned_data["value"])
    return press(
        request,
        found,
        lambda: {"signals": actions.signal(shown.meeting, guest=found, kind=kind, wanted=wanted)},
        at="signals",
    )


@never_cache
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Be a guest no more: the cookie goes. Anybody."""
    shown = meeting_of(request, pk)
    if (found := guest_of(request, pk)) is not None:
        actions.leave(found)
    response = redirect(shown.meeting)
    take_cookie(response)
    return response


def support_as_guest(
    request: HttpRequest, guest: Guest, *, pk: int, question_pk: int
) -> HttpResponse:
    """Want a question answered, or no more. Whoever meetings.guests.rules.support lets."""
    question = get_object_or_404(
        guest.meeting.questions.public().select_related("meeting"), pk=question_pk
    )
    wanted = request.POST.get("value") != "0"

    def act() -> dict[str, Any]:
        actions.support(question, guest=guest, wanted=wanted)
        return {"guests": question.guest_supports.count()}

    return press(request, guest, act, at=f"question-{question.pk}")


def answer_as_guest(request: HttpRequest, guest: Guest, *, pk: int, poll_pk: int) -> HttpResponse:
    """Answer a survey of those present. Whoever meetings.guests.rules.answer lets."""
    asked = guest.meeting.quick_polls.select_related("poll", "meeting")
    quick = get_object_or_404(asked, poll=poll_pk)
    chosen = next((str(value) for name, value in request.POST.items() if name.startswith("q")), "")

    def act() -> dict[str, Any]:
        actions.answer(quick, guest=guest, choice=chosen)
        if not wants_data(request):
            messages.success(request, _("Your answer is counted among the guests."))
        return {"chosen": chosen}

    return press(request, guest, act, at="quick-poll")
