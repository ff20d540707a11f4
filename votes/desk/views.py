"""The desk of polls: the list, and a poll from its draft to the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest, signed_in
from accounts.notes.queries import notes_of
from core.db.paging import neighbours, page_of
from core.domain.rules import Refused, require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent
from core.web.optimistic_lock import OptimisticLockForm
from votes import pages, rules
from votes.desk.forms import CancelForm, ExtendForm, PollForm
from votes.desk.matters import matter_of
from votes.keepers import rules as keepers_rules
from votes.life import actions
from votes.models import Invitation, PaperBallot, Poll
from votes.paper import rules as paper_rules
from votes.presenters import ShownPoll
from votes.queries import questions_of
from votes.questions import actions as questions_actions
from votes.questions.forms import QuestionForm, QuickForm


def poll_worked_on(request: AuthenticatedHttpRequest, pk: int) -> ShownPoll:
    """A poll that the person prepares or runs; 404 for everybody else."""
    rows = Poll.objects.worked_on_by(request.user)
    return ShownPoll.of(get_object_or_404(pages.for_page(rows), pk=pk))


def ask_first(request: HttpRequest, shown: ShownPoll, **words: str) -> HttpResponse:
    """The page before a step that cannot be undone: ``question``, ``consequence``, ``button`` and
    ``back``, the address for those who do not want it. The page posts to its own address."""
    return render(request, "votes/desk_confirm.html", shown.context(**words))


@signed_in("GET")
def poll_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Polls of the officer's department: in preparation, open, finished. rules.use_desk."""
    require(rules.use_desk(request.user))
    rows = pages.for_page(Poll.objects.worked_on_by(request.user))
    page = page_of(rows, order=("-id",), after=request.GET.get("after"))
    context = {
        "page": replace(page, items=[ShownPoll.of(row) for row in page]),
        "may_begin": rules.begin(request.user),
        **neighbours(page, request.GET),
    }
    return render(request, "votes/desk_list.html", context)


def _new_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    messages.success(request, _("Saved. Now say what is asked."))
    return redirect("votes_desk:detail", made_id)


@idempotent(_new_answer)
@signed_in("GET", "POST")
def poll_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Begin to prepare a poll. rules.begin."""
    require(rules.begin(request.user))
    form = PollForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.create(by=request.user, fields=form.description(), questions=())
            return _new_answer(request, made.pk)
    return render(request, "votes/desk_new.html", {"form": form}, status=form.status)


def _quick_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    return redirect("votes_desk:hall", made_id)


@idempotent(_quick_answer)
@signed_in("GET", "POST")
def quick(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ask those who are here one question at once. rules.begin."""
    require(rules.begin(request.user))
    form = QuickForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.open_quickly(
                by=request.user,
                department=form.cleaned_data["department"],
                question=form.question(),
                lasts=form.lasts,
                results_while_open=form.cleaned_data["results_while_open"],
            )
            return _quick_answer(request, made.pk)
    return render(request, "votes/desk_quick.html", {"form": form}, status=form.status)


@signed_in("GET")
def hall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """An announced poll in a hall: the ballot’s URL and code, the screen, the number of votes.
    rules.run.
    """
    shown = poll_worked_on(request, pk)
    poll, now = shown.poll, shown.now
    if poll.scheduled_at is None:
        raise Http404
    context = pages.standing_context(shown) | {
        "vote_url": settings.SITE_URL + reverse("votes:vote", args=[pk]),
        "may_close": rules.close_early(request.user, poll, now=now),
        "may_cancel": rules.cancel(request.user, poll, now=now, reason="-"),
    }
    return render(request, "votes/desk_hall.html", context)


@signed_in("POST")
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Close a quick poll before its time. rules.close_early."""
    try:
        actions.close_early(poll_worked_on(request, pk).poll, by=request.user)
    except Refused as refusal:
        # The countdown was quicker than their hand: what they wanted has happened.
        if refusal.verdict != rules.OVER:
            raise
    return redirect("votes_desk:hall", pk)


def _question_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect("votes_desk:detail", pk)


@idempotent(_question_answer)
@signed_in("GET", "POST")
def poll_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The poll's state, questions and actions; POST asks one question more. rules.run."""
    shown = poll_worked_on(request, pk)
    user, poll, now = request.user, shown.poll, shown.now
    form = QuestionForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = questions_actions.add_question(poll, by=request.user, described=form.described())
            return _question_answer(request, made.pk, pk)
    unconfirmed = PaperBallot.objects.filter(poll=poll, confirmed_at=None).count()
    invited = Invitation.objects.filter(poll=poll).count()
    asked = questions_of(poll)
    kept = [keeper.proved_at is not None for keeper in poll.keepers.all()] if poll.is_secret else []
    context = shown.context(
        form=form,
        invited=invited,
        questions=pages.questions_of(poll),
        turnout=pages.turnout(poll),
        unconfirmed=unconfirmed,
        may_revise=rules.revise(user, poll, now=now),
        may_schedule=rules.schedule(user, poll, asked, now=now, listed=invited > 0)
        and keepers_rules.keep(poll, kept),
        may_open=rules.run(user, poll) and keepers_rules.open_boxes(poll, now=now),
        may_publish=rules.publish(user, poll, now=now, unconfirmed=unconfirmed),
        may_print=paper_rules.print_sheets(user, poll, now=now),
        may_enter=paper_rules.enter_paper(user, poll, now=now),
        # Their reasons are asked for on pages of their own.
        may_cancel=rules.cancel(user, poll, now=now, reason="-"),
        may_extend=shown.state in ("scheduled", "open") and rules.run(user, poll),
        notes=notes_of(matter_of(poll), user, request.GET),
    )
    return render(request, "votes/desk_detail.html", context, status=form.status)


@signed_in("GET", "POST")
def poll_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Edit the description and the rules. rules.revise."""
    shown = poll_worked_on(request, pk)
    poll, now = shown.poll, shown.now
    verdict = rules.revise(request.user, poll, now=now)
    if request.method == "GET":  # who has typed already is told at the form
        require(verdict)
    form = PollForm(posted_data(request), instance=poll, by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(poll, may=verdict):
            actions.change(poll, by=request.user, fields=form.description())
            messages.success(request, _("Saved."))
            return redirect("votes_desk:detail", pk)
    return render(request, "votes/desk_edit.html", shown.context(form=form), status=form.status)


@signed_in("POST")
def schedule(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Announce it: everybody sees it from now on. rules.schedule."""
    actions.schedule(poll_worked_on(request, pk).poll, by=request.user)
    messages.success(request, _("The poll is announced."))
    return redirect("votes_desk:detail", pk)


def _publish_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The results are published."))
    return redirect("votes:results", pk)


@idempotent(_publish_answer)
@signed_in("POST")
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Count the ballots and publish the result. rules.publish."""
    actions.publish(poll_worked_on(request, pk).poll, by=request.user)
    return _publish_answer(request, pk, pk)


@signed_in("GET", "POST")
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw away what was never announced, once it was asked. rules.revise."""
    shown = poll_worked_on(request, pk)
    poll = shown.poll
    if request.method == "POST":
        actions.discard(poll, by=request.user)
        messages.success(request, _("The draft is discarded."))
        return redirect("votes_desk:list")
    require(rules.revise(request.user, poll, now=shown.now))
    return ask_first(
        request,
        shown,
        question=_("Delete the draft “%(title)s”?") % {"title": poll.title},
        consequence=_("Its questions, options and list of people go with it, for good."),
        button=_("Delete the draft"),
        back=reverse("votes_desk:detail", args=[pk]),
    )


def _extend_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The poll lasts longer now; everybody sees your reason."))
    return redirect("votes_desk:detail", pk)


@idempotent(_extend_answer)
@signed_in("GET", "POST")
def extend(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Close it later than was announced. rules.extend."""
    shown = poll_worked_on(request, pk)
    form = ExtendForm(posted_data(request), poll=shown.poll)
    done = _("The poll lasts longer now; everybody sees your reason.")
    return _step_with_reason(
        request, shown, form, "votes/desk_extend.html", actions.extend, done=done
    )


@signed_in("GET", "POST")
def cancel(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Call it off with a reason. rules.cancel."""
    shown = poll_worked_on(request, pk)
    form = CancelForm(posted_data(request))
    done = _("The poll is cancelled.")
    return _step_with_reason(
        request, shown, form, "votes/desk_cancel.html", actions.cancel, done=done
    )


def _step_with_reason(
    request: AuthenticatedHttpRequest,
    shown: ShownPoll,
    form: RefusableForm,
    template: str,
    act: Callable[..., Any],
    *,
    done: str,
) -> HttpResponse:
    """A step that needs a reason: ``act`` gets what the form holds; ``done`` is told then."""
    poll = shown.poll
    require(rules.run(request.user, poll))
    if request.method == "POST" and form.is_valid():
        saving = form.saving(poll) if isinstance(form, OptimisticLockForm) else nullcontext()
        with form.attempt(), saving:
            act(poll, by=request.user, **form.cleaned_data)
            messages.success(request, done)
            return redirect("votes_desk:detail", poll.pk)
    return render(request, template, shown.context(form=form), status=form.status)
