"""Views of a meeting's displays: pairing, what each shows, previews, the delay of questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.regions import region_of
from meetings import limits, pages
from meetings.control.queries import for_control
from meetings.control.steps import carry_out, draw_step, meeting_to_run, seen_id, step_of, url_of
from meetings.displays import actions, rules
from meetings.displays.actions import Look
from meetings.displays.control import displays_of, preview_url
from meetings.displays.forms import LookForm, PairForm, PreviewForm
from meetings.displays.paired import preview_context
from meetings.models import Display, Meeting, Picture, Prepared
from meetings.prepared.queries import find_prepared, of_kind
from meetings.presenters import ShownMeeting

#: The site's policy, but for a page of our own that stands in another of ours.
_FRAMED = cast(
    "Mapping[str, Sequence[str]]", {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
)


#: Digits of the longest delay that an address can ask for.
_DIGITS = 3


def _show(picture: str) -> Callable[[Display, User, int | None], Any]:
    return lambda display, by, seen: actions.show(
        display, by=by, picture=picture, seen_revision=seen
    )


#: What can be done with a display at once; the last argument is the revision that the page showed.
STEPS: dict[str, Callable[[Display, User, int | None], Any]] = {
    **{picture.value: _show(picture) for picture in Picture},
    "unpair": lambda display, by, seen: actions.unpair(display, by=by, seen_revision=seen),
}


def _page(pk: int, number: int | None = None) -> str:
    there = reverse("meetings_control:displays", args=[pk])
    return f"{there}#display-{number}" if number else there


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    row = get_object_or_404(for_control(Meeting.objects.run_by(request.user)), pk=pk)
    return {
        "meeting": row,
        "displays": displays_of(row, now=row.now, seq=row.seq),
        "back": url_of(pk),
    }


def _redirect_paired(request: HttpRequest, _display: int, pk: int) -> HttpResponse:
    messages.success(request, _("The screen is paired: it shows the meeting in a moment."))
    return redirect(_page(pk))


@idempotent(_redirect_paired)
@login_required
@require_http_methods(["GET", "POST"])
def displays(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The displays with what each shows, and pairing another. displays.rules.pair; who does not
    run the meeting gets 404."""
    context = _context(request, pk)
    meeting: Meeting = context["meeting"]
    form = PairForm(posted_data(request), page=settings.SITE_URL + reverse("displays:pair"))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.PAIR.spend(request.user.pk))
            made = actions.pair(meeting, by=request.user, **form.cleaned_data)
            return _redirect_paired(request, made.pk, pk)
    context |= {
        "form": form,
        "may_pair": rules.pair(request.user, meeting, pairing="-"),
    }
    return render(request, "meetings/control_displays.html", context, status=form.status)


@require_GET
@region_of("meetings_control:displays")
def displays_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The live region of the same page. rules.roles.run; others get 404, also without a session:
    js/live.js asks without one first."""
    return render(request, "meetings/control_displays.html#now", _context(request, pk))


@login_required
@require_http_methods(["GET", "POST"])
def look(request: AuthenticatedHttpRequest, pk: int, number: int) -> HttpResponse:
    """Content, announcement, colours and name of a display, with a preview.
    displays.rules.change."""
    meeting = meeting_to_run(request, pk)
    display = _display(meeting, number)
    if display.unpaired_at is not None and request.method == "GET":
        messages.warning(request, _("This display was unpaired meanwhile."))
        return redirect(_page(pk))
    given = {name: getattr(display, name) for name in ("picture", "words", "theme", "name")}
    given["seen_revision"] = display.revision
    if request.GET.get("picture") in Picture.values:
        given["picture"] = request.GET["picture"]
    prepared = of_kind(meeting, Prepared.Kind.ANNOUNCEMENT)
    if (of := find_prepared(prepared, request.GET.get("prepared", ""))) is not None:
        given["words"] = of.text
    form = LookForm(posted_data(request), initial=given)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = dict(form.cleaned_data)
            seen_revision = data.pop("seen_revision")
            if "preview" in request.POST:
                shown = {"picture": data["picture"], "words": data["words"]}
                require(rules.change(request.user, display, seen_revision=seen_revision, **shown))
                given = data
            else:
                actions.change(
                    display, by=request.user, look=Look(**data), seen_revision=seen_revision
                )
                return redirect(_page(pk, number))
    return draw_step(
        request,
        meeting,
        "meetings/control_display.html",
        form=form,
        prepared=prepared,
        of=of,
        display=display,
        displays_url=_page(pk, number),
        now_url=_preview_of(meeting, display.picture, display.words, display.theme),
        then_url=_preview_of(meeting, given["picture"], given["words"], given["theme"]),
        status=form.status,
    )


@login_required
@require_POST
def display_step(
    request: AuthenticatedHttpRequest, pk: int, number: int, step: str
) -> HttpResponse:
    """Another picture for a display, or unpair it. displays.rules.change, unpair."""
    act = step_of(STEPS, step)
    meeting = meeting_to_run(request, pk)
    display = _display(meeting, number)
    revision = seen_id(request, "seen_revision")
    to = _page(pk) if step == "unpair" else _page(pk, number)
    return carry_out(request, pk, lambda: act(display, request.user, revision), to=to)


@login_required
@require_POST
def delay(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Delay of questions on the displays. displays.rules.delay."""
    meeting = meeting_to_run(request, pk)
    value = request.POST.get("seconds", "")
    if not value.isdecimal() or len(value) > _DIGITS:
        raise Http404
    return carry_out(
        request,
        pk,
        lambda: actions.set_delay(meeting, by=request.user, seconds=int(value)),
        to=f"{_page(pk)}#delay",
    )


@login_required
@require_GET
@xframe_options_sameorigin
@csp_override(_FRAMED)
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A still picture of a display, as it is or would be, for the frames of these pages.
    rules.roles.run; others get 404."""
    rows = pages.for_page(Meeting.objects.run_by(request.user))
    shown = ShownMeeting.of(get_object_or_404(rows, pk=pk))
    form = PreviewForm(request.GET)
    if not form.is_valid():
        raise Http404
    context = preview_context(shown, form.display(), is_next=form.cleaned_data["next"])
    return render(request, "meetings/display.html", context)


def _display(meeting: Meeting, number: int) -> Display:
    """The display of this number, or the last that was: an action says that it is unpaired."""
    rows = meeting.displays.filter(number=number).select_related("meeting")
    found = rows.order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def _preview_of(meeting: Meeting, picture: str, words: str, theme: str) -> str:
    return preview_url(meeting, picture=picture, words=words, theme=theme)
