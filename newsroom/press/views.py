"""Pages of journalists: applying, their own page by its link, stopping mails, coming.

Nothing here tells whether an address is accredited: every answer to the form is the same, and the
mail tells the rest to whoever reads the mailbox. No GET changes anything, because the scanners of
mail servers follow links.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import HOUR, Limit, per_client
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import Refused
from core.web.client_ip import client_ip
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.course.models import Kind
from meetings.models import Meeting
from newsroom.models import Accreditation, PressAttendance
from newsroom.press import actions, rules, tokens
from newsroom.press.forms import ApplyForm
from newsroom.press.queries import ShownAccreditation

#: Forms sent by one client address; an editorial office shares one.
APPLY = Limit("press-apply", 20, HOUR)


def _applied_answer(request: HttpRequest, _asked_id: int) -> HttpResponse:
    return redirect("press:sent")


@idempotent(_applied_answer)
@require_http_methods(["GET", "POST"])
@per_client(APPLY)
def apply(request: HttpRequest) -> HttpResponse:
    """Apply for accreditation. Anybody."""
    form = ApplyForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.apply(
                form.application(),
                language=get_language() or "uk",
                consents=form.cleaned_data["consents"],
                address=client_ip(request),
            )
            return _applied_answer(request, made.pk)
    return render(request, "newsroom/press/apply.html", {"form": form}, status=form.status)


@require_safe
def mail_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail has gone, the same to everybody. Anybody."""
    return render(request, "newsroom/press/sent.html")


@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """A journalist's own page: GET shows where it stands; POST confirms the address, stops or
    starts invitations or releases, or erases everything. Who has the link of the mail."""
    found = _find(pk, tokens.is_token_of, token)
    step = request.POST.get("step") if request.method == "POST" else None
    verdict = None
    if step == "erase":
        actions.erase(found)
        return redirect("press:erased")
    try:
        if step == "confirm":
            found = actions.confirm(found)
        elif step in ("stop", "again"):
            found = actions.set_mails_wanted(found, is_wanted=step == "again")
        elif step in ("releases", "no_releases"):
            found = actions.set_releases_wanted(found, is_wanted=step == "releases")
    except Refused as refusal:
        verdict = refusal.verdict
    context = {
        "shown": ShownAccreditation(found, local_date(clock.now())),
        "accreditation": found,
        "verdict": verdict,
        "token": token,
    }
    status = 422 if verdict else 200
    return render(request, "newsroom/press/own.html", context, status=status)


@require_safe
def erasure_done(request: HttpRequest) -> HttpResponse:
    """Say that nothing is kept any more. Anybody."""
    return render(request, "newsroom/press/erased.html")


# Without a token against forgery: the program of whoever reads the mail sends the form, with no
# cookie and no page before it (RFC 8058). The secret is in the address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def mails(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing; POST stops the invitations, or, with ``again``,
    lets them come. Who has the link. No redirect: programs do not follow it with their form."""
    found = _find(pk, tokens.is_token_of_mails, token)
    if request.method == "POST":
        found = actions.set_mails_wanted(found, is_wanted="again" in request.POST)
    context = {"accreditation": found, "is_done": request.method == "POST"}
    return render(request, "newsroom/press/mails.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def attend(request: HttpRequest, pk: int, token: str, meeting_pk: int) -> HttpResponse:
    """Say whether one comes to a press conference. Who has the link of the mail."""
    found = _find(pk, tokens.is_token_of, token)
    conferences = Meeting.objects.published().filter(kind=Kind.PRESS)
    meeting = get_object_or_404(conferences, pk=meeting_pk)
    now = clock.now()
    may = rules.attend(found, meeting, now=now, today=local_date(now))
    if request.method == "POST" and may:
        is_coming = request.POST.get("coming") == "yes"
        actions.say_coming(found, meeting, is_coming=is_coming)
        return redirect(reverse("press:attend", args=[pk, token, meeting_pk]))
    said = PressAttendance.objects.filter(accreditation=found, meeting=meeting).first()
    context = {
        "accreditation": found,
        "meeting": meeting,
        "may_say": may,
        "said": said,
        "own_path": tokens.own_path(found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "newsroom/press/attend.html", context, status=status)


def _find(pk: int, is_its: Callable[[str, Accreditation], bool], given: str) -> Accreditation:
    """The accreditation whose link this is; else 404."""
    found = Accreditation.objects.filter(pk=pk).first()
    if found is None or not is_its(given, found):
        raise Http404
    return found
