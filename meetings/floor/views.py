"""Taking part in a meeting by telephone: asking, supporting, raising one's hand, voting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.people.naming import naming
from accounts.reader_acts import act_of_reader
from core.domain.rules import Refused, require
from core.web.form_drafts import keep_on_device
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.requests import wants_data
from meetings import limits
from meetings.floor import queries
from meetings.floor.forms import HandForm, QuestionForm, SupportForm, keep_key
from meetings.guests.views import or_guest, support_as_guest
from meetings.hall import claims
from meetings.hall.views import has_scanned
from meetings.models import Deputy, PresenceClaim, RollCall, Speaker, Vote
from meetings.presenters import BALLOT, ShownMeeting
from meetings.questions import actions as questions_actions
from meetings.questions import rules
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rules import be_deputy
from meetings.speakers import actions as speakers_actions
from meetings.speakers import rules as speaker_rules
from meetings.views import meeting_of


def _redirect_asked(request: HttpRequest, _question: int, pk: int) -> HttpResponse:
    shown = meeting_of(request, pk)
    request.session["kept_done"] = keep_key(request.user.pk or 0, pk)
    messages.success(
        request,
        _("Thank you. Your question is being checked; when it is shown, you see it here."),
    )
    url = f"{shown.meeting.get_absolute_url()}#floor"
    return JsonResponse({"url": url}) if wants_data(request) else redirect(url)


@idempotent(_redirect_asked)
@login_required
@require_http_methods(["GET", "POST"])
@naming
def ask(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask a question. Whoever rules.ask lets. js/outbox.js asks for data."""
    shown = meeting_of(request, pk)
    meeting = shown.meeting
    form = QuestionForm(posted_data(request), meeting)
    keep_on_device(form, text=keep_key(request.user.pk, pk))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.ASK.spend(request.user.pk))
            question = questions_actions.ask(meeting, by=request.user, **form.cleaned_data)
            return _redirect_asked(request, question.pk, pk)
    if request.method == "POST" and wants_data(request):
        said = (str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"detail": " ".join(said)}, status=form.status)
    context = shown.context(
        form=form,
        verdict=rules.take_part(request.user, meeting),
        outbox=keep_key(request.user.pk, pk),
    )
    return render(request, "meetings/ask.html", context, status=form.status)


@or_guest(support_as_guest)
@act_of_reader
@per_person(limits.SUPPORT)
def support(request: AuthenticatedHttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Want a question answered, or no more. Whoever rules.support lets."""
    shown = meeting_of(request, pk)
    public = shown.meeting.questions.public()
    question = get_object_or_404(public.select_related("meeting"), pk=question_pk)
    form = SupportForm(request.POST)
    if not form.is_valid():
        raise Http404
    act = (
        questions_actions.support
        if form.cleaned_data["value"]
        else questions_actions.withdraw_support
    )
    act(question, by=request.user)
    if wants_data(request):
        return JsonResponse({"supporters": question.supports.count()})
    return redirect(f"{shown.meeting.get_absolute_url()}#question-{question.pk}")


@login_required
@require_GET
def mine(request: AuthenticatedHttpRequest, pk: int) -> JsonResponse:
    """The person's own questions and support here: never part of a shared page."""
    return JsonResponse(queries.mine(meeting_of(request, pk).meeting, request.user))


def _redirect_raised(request: HttpRequest, _speaker: int, pk: int) -> HttpResponse:
    messages.success(request, _("Your hand is raised. You are told when you have the floor."))
    return redirect("meetings:hand", pk)


@idempotent(_redirect_raised)
@login_required
@require_http_methods(["GET", "POST"])
@naming
def hand(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask to speak on the current item. Whoever rules.ask_to_speak lets."""
    shown = meeting_of(request, pk)
    meeting = shown.meeting
    item = meeting.current_item
    is_deputy = Deputy.objects.filter(user=request.user).on(meeting.day).exists()
    form = HandForm(posted_data(request), is_deputy=is_deputy)
    if item is not None and request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.HAND.spend(request.user.pk))
            speaker = speakers_actions.ask_to_speak(item, by=request.user, **form.cleaned_data)
            return _redirect_raised(request, speaker.pk, pk)
    own = queries.own_hand(meeting, request.user)
    verdict = item and speaker_rules.ask_to_speak(request.user, meeting, item, waits=False)
    context = shown.context(
        form=form, item=item, own=own, verdict=verdict, needs_name=not is_deputy
    )
    return render(request, "meetings/hand.html", context, status=form.status)


@require_POST
@login_required
def lower_hand(request: AuthenticatedHttpRequest, pk: int, speaker_pk: int) -> HttpResponse:
    """Take one's own hand down. Whose it is."""
    shown = meeting_of(request, pk)
    own = Speaker.objects.filter(item__meeting=pk, user=request.user)
    speaker = get_object_or_404(own.select_related("item__meeting"), pk=speaker_pk)
    speakers_actions.withdraw(speaker, by=request.user)
    messages.success(request, _("Your hand is down."))
    return redirect(shown.meeting.get_absolute_url())


@never_cache
@require_safe
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """A deputy's own page, on which a roll-call appears when it opens; with ``?part`` its region,
    which is fetched again. Anybody who is signed in; deputies find their vote there."""
    is_part = "part" in request.GET
    if not request.user.is_authenticated:
        if is_part:  # js/live.js asks without credentials first, and with them after a 404
            raise Http404
        return redirect(f"{reverse('account_login')}?next={request.path}")
    shown = meeting_of(request, pk)
    template = "meetings/vote.html" + ("#part" if is_part else "")
    return render(request, template, _vote_context(request, shown))


def _vote_context(request: HttpRequest, shown: ShownMeeting) -> dict[str, object]:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - asked by the views
    deputy = queries.deputy_of(user)
    is_on = deputy is not None and shown.is_running and shown.meeting.body_id is not None
    own = queries.own_vote(shown.meeting, deputy) if deputy and is_on else None
    return shown.context(
        deputy=deputy,
        own=own,
        presence=queries.own_presence(shown.meeting, deputy) if deputy and is_on else None,
        has_scanned=has_scanned(request, shown),
        choices=[(choice.value, label) for choice, label in BALLOT.items()],
        vote_url=reverse("meetings:vote", args=[shown.pk]),
    )


@require_POST
@login_required
def cast(request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """Vote in the open roll-call, or change one's vote. A deputy whom rules.vote lets.
    js/deputy-vote.js asks for data."""
    shown = meeting_of(request, pk)
    here = RollCall.objects.filter(item__meeting=pk).select_related("item__meeting")
    roll_call = get_object_or_404(here, pk=roll_call_pk)
    deputy = queries.deputy_of(request.user)
    require(be_deputy(deputy))
    assert deputy is not None  # noqa: S101 - by the rule
    try:
        given = rollcalls_actions.vote(
            roll_call, deputy, by=request.user, choice=request.POST.get("choice", "")
        )
    except Refused as refusal:
        if wants_data(request):
            raise
        messages.error(request, str(refusal.verdict.message))
    else:
        if wants_data(request):
            label = capfirst(BALLOT[Vote.Choice(given.choice)])
            said = _("Your vote is counted: %(choice)s") % {"choice": label}
            return JsonResponse({"said": said})
        # What it is stands below, as it is then: the secretary may replace it.
        messages.success(request, _("Your vote is counted."))
    return redirect("meetings:vote", shown.pk)


@require_POST
@login_required
def say_present(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A deputy says that they are here, or by videoconference (``video``).
    rules.presence.claim."""
    shown = meeting_of(request, pk)
    deputy = queries.deputy_of(request.user)
    require(be_deputy(deputy))
    assert deputy is not None  # noqa: S101 - by the rule
    try:
        claims.claim(
            shown.meeting,
            deputy,
            by=request.user,
            has_scanned=has_scanned(request, shown),
            by_video="video" in request.POST,
        )
    except Refused as refusal:
        messages.error(request, str(refusal.verdict.message))
    return redirect("meetings:vote", pk)


@require_POST
@login_required
def confirm_present(request: AuthenticatedHttpRequest, pk: int, claim_pk: int) -> HttpResponse:
    """Confirm that another deputy is here. rules.presence.confirm."""
    meeting_of(request, pk)
    rows = PresenceClaim.objects.select_related("meeting", "deputy")
    claim = get_object_or_404(rows, pk=claim_pk, meeting=pk)
    try:
        claims.confirm(claim, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.verdict.message))
    return redirect("meetings:vote", pk)
