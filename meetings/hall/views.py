"""Being in the hall, and raising one's hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.reader_acts import act_of_reader
from core.domain.rules import Refused
from core.web.pages import shared_page
from core.web.requests import wants_data
from meetings import limits
from meetings.hall import actions, codes, rules
from meetings.hall.pages import on_display
from meetings.hall.presenters import CHOICES
from meetings.hall.queries import NUMBERS, in_hall
from meetings.models import Deputy, ShowOfHands
from meetings.presenters import ShownMeeting
from meetings.views import meeting_of, topics_of

#: The session remembers so long that its device has scanned the code: time to sign in.
SCAN_LASTS = timedelta(minutes=15)
_KEPT = "hall_scans"


@require_safe
@shared_page(topics_of)
def hall_code(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The code as it stands now: the fragment that a hall's display fetches again. Whoever has the
    meeting's display key; others get 404."""
    shown = meeting_of(request, pk)
    context = on_display(shown, key)
    if context["hall_code"] is None:
        raise Http404
    return render(request, "meetings/hall_code.html", shown.context(**context))


@never_cache
@require_safe
def scan(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The address that the code holds: the session keeps that it was scanned in time. Anybody."""
    shown = meeting_of(request, pk)
    if not codes.is_valid(pk, code, shown.now):
        context = shown.context(message=rules.EXPIRED.message)
        return render(request, "meetings/hall_expired.html", context, status=410)
    keep_scan(request, shown)
    return redirect("meetings:hall", pk)


def keep_scan(request: HttpRequest, shown: ShownMeeting) -> None:
    """Note in the session that this device has shown the meeting's code now."""
    scans = request.session.get(_KEPT, {})
    request.session[_KEPT] = {**scans, str(shown.pk): shown.now.isoformat()}


def forget_scan(request: HttpRequest, pk: int) -> None:
    """The session keeps it no longer, and goes where it holds nothing else."""
    scans = request.session.get(_KEPT, {})
    request.session[_KEPT] = {each: at for each, at in scans.items() if each != str(pk)}
    if not request.user.is_authenticated and list(request.session.keys()) == [_KEPT]:
        request.session.flush()


def has_scanned(request: HttpRequest, shown: ShownMeeting) -> bool:
    """Whether this device has scanned the meeting's code lately."""
    said = request.session.get(_KEPT, {}).get(str(shown.pk))
    return bool(said) and shown.now - datetime.fromisoformat(said) < SCAN_LASTS


@never_cache
@require_safe
def hall(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether one is in the hall, and what that is for. Anybody; who has scanned the code and is
    signed in can say that they are there."""
    shown = meeting_of(request, pk)
    user = request.user
    scanned = has_scanned(request, shown)
    context = shown.context(
        is_here=user.is_authenticated and user.pk in in_hall(shown.meeting, [user.pk]),
        has_scanned=scanned,
        is_deputy=user.is_authenticated and Deputy.objects.filter(user=user).exists(),
        verdict=rules.enter_hall(user, shown.meeting, has_scanned=scanned),
    )
    return render(request, "meetings/hall.html", context)


@require_POST
@login_required
def enter_hall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Be noted as in the hall. Whoever rules.enter_hall lets."""
    shown = meeting_of(request, pk)
    try:
        actions.enter_hall(shown.meeting, by=request.user, has_scanned=has_scanned(request, shown))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("meetings:hall", pk)
    messages.success(request, _("You are in the hall. Your hand counts there."))
    return redirect(shown.meeting)


@require_POST
@login_required
def leave_hall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Be noted no more. Anybody who is signed in."""
    shown = meeting_of(request, pk)
    actions.leave_hall(shown.meeting, by=request.user)
    forget_scan(request, pk)
    messages.success(request, _("You are no longer in the hall."))
    return redirect(shown.meeting)


class HandForm(forms.Form):
    """One of the choices (1, 2, 3), or none any more (0)."""

    value = forms.TypedChoiceField(choices=[(each, each) for each in (0, *NUMBERS)], coerce=int)


@act_of_reader
@per_person(limits.SHOW_OF_HANDS)
def raise_hand(request: AuthenticatedHttpRequest, pk: int, show_pk: int) -> HttpResponse:
    """Raise one's hand, change one's choice or take it down. Whoever rules.raise_hand lets."""
    shown = meeting_of(request, pk)
    show = get_object_or_404(ShowOfHands, pk=show_pk, meeting=pk)
    form = HandForm(request.POST)
    if not form.is_valid():
        raise Http404
    choice = NUMBERS.get(form.cleaned_data["value"])
    try:
        if choice is None:
            actions.lower_hand(show, by=request.user)
        else:
            actions.raise_hand(show, by=request.user, choice=choice)
    except Refused as refusal:
        if wants_data(request):
            raise
        messages.warning(request, str(refusal))
    else:
        if wants_data(request):
            return JsonResponse({})
        said = {"choice": capfirst(CHOICES[choice])} if choice else {}
        words = _("Your hand is raised: %(choice)s") if choice else _("Your hand is down.")
        messages.success(request, words % said)
    return redirect(f"{shown.meeting.get_absolute_url()}#meeting-hands")
