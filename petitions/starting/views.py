"""Views of starting a petition: one thing a page, kept as a draft from the first page on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.eligibility import Eligibility, load_eligibility
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.models import Level, User
from core.domain.rules import Refused, Verdict, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.limits import CODE
from petitions import limits
from petitions.life import actions, rules
from petitions.models import Ground, Petition, State
from petitions.presenters import ShownPetition
from petitions.starting import queries, steps
from petitions.starting.begun import BEGUN, fields_of, opens_with_petition, words_of
from petitions.starting.forms import UNSENT, WhatForm
from petitions.starting.likeness import alike
from petitions.starting.steps import AUTHOR, TEXT, WHAT, Step


def _begin_answer(request: AuthenticatedHttpRequest, petition_id: int) -> HttpResponse:
    return redirect(WHAT.url(own_or_404(request, petition_id).petition))


@idempotent(_begin_answer)
@opens_with_petition
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Introduction to petitions, and the person's drafts. Anybody; POST begins: rules.begin.

    Somebody who has an empty draft goes on with it, and so does whoever sends the form twice. With
    the words that it was opened with (``begin=1``), a new draft holds them.
    """
    words = words_of(request)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        answer = _begin(request.user, words)
        BEGUN.forget(request)
        return answer
    grounds = Ground.objects.filter(in_force=True)
    context: dict[str, Any] = {"terms": queries.Terms.now(), "grounds": grounds, "words": words}
    if request.user.is_authenticated:
        begun = [draft for draft in queries.drafts(request.user) if draft.title]
        context["drafts"] = [(draft, steps.to_go_on(draft)) for draft in begun]
    return render(request, "petitions/start.html", context)


def _begin(user: User, words: str) -> HttpResponse:
    empty = queries.drafts(user).filter(title="")
    draft: Petition | None = None if words else empty.first()
    if draft is None:
        require(limits.BEGIN.spend(user.pk))
        draft = actions.begin(by=user, **fields_of(words))
    return redirect(WHAT.url(draft))


@UNSENT.login_required(limits.spend_unsent)
@require_http_methods(["GET", "POST"])
def what(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Step for the title; similar petitions beside it while one types. rules.change."""
    return _step(request, pk, WHAT)


@UNSENT.login_required(limits.spend_unsent)
@require_http_methods(["GET", "POST"])
def text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Step for the text. rules.change."""
    return _step(request, pk, TEXT)


@UNSENT.login_required(limits.spend_unsent)
@require_http_methods(["GET", "POST"])
def author(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Step for the author; it says which data are published. rules.change."""
    return _step(request, pk, AUTHOR)


def _step(request: AuthenticatedHttpRequest, pk: int, step: Step) -> HttpResponse:
    petition = own_or_404(request, pk).petition
    if request.method != "POST" and petition.submitted_at:
        return redirect("petitions:own", pk)
    initial = step.held(petition, request.user) | UNSENT.load_of_page(request)
    form = step.form(posted_data(request), initial=initial)
    form.keep_on_device(request.user, petition)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.WRITE.spend(request.user.pk))
            petition = actions.change(petition, by=request.user, **form.cleaned_data)
            UNSENT.forget(request)
            return redirect(_onward(request, petition, step))
    context = {
        "petition": petition,
        "step": step,
        "number": steps.NUMBER,
        "form": form,
        "back": steps.before(step, petition),
        "saved": steps.keys_to_forget(request, petition),
    }
    if isinstance(form, WhatForm):
        form.look_up(reverse("petitions:start_alike", args=[pk]))
        context["alike"] = alike(str(form["title"].value() or ""), but=pk)
    return render(request, f"petitions/start_{step.name}.html", context, status=form.status)


def _onward(request: HttpRequest, petition: Petition, step: Step) -> str:
    """The next page: similar petitions first, unless they were seen while the title was typed.
    ``saved`` lets the device forget what it kept of this page."""
    onward = steps.to_go_on(petition)
    if step is WHAT:
        seen = frozenset(request.POST.getlist("seen"))
        found = alike(petition.title, but=petition.pk)
        if any(str(each.petition.pk) not in seen for each in found):
            onward = reverse("petitions:start_similar", args=[petition.pk])
    return f"{onward}?saved={step.name}"


@login_required
@per_person(limits.LOOK)
@require_POST
def alike_list(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The fragment of similar petitions for a title that is being typed: its author.

    By POST, because an address is logged and what somebody thinks aloud is not for a log.
    """
    petition = own_or_404(request, pk).petition
    found = alike(request.POST.get("title", ""), but=petition.pk)
    return render(request, "petitions/start_what.html#alike", {"alike": found})


@login_required
@require_safe
def similar(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Petitions that ask for much the same, before one goes on: its author."""
    petition = own_or_404(request, pk).petition
    if petition.submitted_at:
        return redirect("petitions:own", pk)
    found = alike(petition.title, but=pk)
    onward = steps.to_go_on(petition)
    if not found:
        return redirect(onward)
    context = {
        "petition": petition,
        "alike": found,
        "onward": onward,
        "step": WHAT,
        "number": steps.NUMBER,
        "back": WHAT.url(petition),
        "saved": steps.keys_to_forget(request, petition),
    }
    return render(request, "petitions/start_similar.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def check(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All that will be sent, what of it is published, and by when the council answers.
    rules.submit."""
    own = own_or_404(request, pk)
    petition = own.petition
    if petition.submitted_at:
        return redirect("petitions:sent" if request.method == "POST" else "petitions:own", pk)
    terms = queries.Terms.now()
    verdict = rules.submit(
        request.user,
        petition,
        procedure=terms.procedure,
        now=own.now,
        eligibility=_eligibility(request, terms),
    )
    if request.method == "POST" and verdict:
        try:
            require(limits.SUBMIT.spend(request.user.pk))
            actions.submit(petition, by=request.user)
        except Refused as refusal:
            verdict = refusal.verdict
        else:
            return redirect("petitions:sent", pk)
    context = {
        "petition": petition,
        "streets": petition.streets.all(),
        "photos": petition.photos.count(),
        "terms": terms,
        "verdict": verdict,
        "refusals": [verdict.message],
        "lacking": steps.lacking(petition, verdict),
        "here": reverse("petitions:start_check", args=[pk]),
        "back": AUTHOR.url(petition),
        "number": steps.NUMBER,
        "saved": steps.keys_to_forget(request, petition),
    }
    status = 200 if request.method != "POST" else status_of(verdict)
    return render(request, "petitions/start_check.html", context, status=status)


def _eligibility(request: AuthenticatedHttpRequest, terms: queries.Terms) -> Eligibility:
    """Eligibility of the person, where the rules ask for more than that they have signed in."""
    asks_nothing = terms.procedure.requirement.asks_nothing
    return Eligibility(Level.LOW) if asks_nothing else load_eligibility(request.user)


@login_required
@require_safe
def petition_sent(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Next steps of a sent petition, with the day by which the council publishes or refuses it: its
    author.
    """
    own = own_or_404(request, pk)
    if own.state != State.MODERATION:
        return redirect("petitions:own", pk)
    return render(request, "petitions/start_sent.html", {"petition": own.petition})


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after a question. rules.discard."""
    own = own_or_404(request, pk)
    petition = own.petition
    if request.method == "POST":
        actions.discard(petition, by=request.user)
        messages.success(request, _("The draft is discarded."))
        return redirect("petitions:start")
    require(rules.discard(request.user, petition, now=own.now))
    return render(request, "petitions/start_discard.html", {"petition": petition})


def own_or_404(request: AuthenticatedHttpRequest, pk: int) -> ShownPetition:
    """One of the person's own petitions, in whatever state."""
    return ShownPetition.of(get_object_or_404(queries.own(request.user), pk=pk))


def status_of(verdict: Verdict) -> int:
    """The HTTP status of a page that shows a refusal."""
    return 429 if verdict.code == CODE else 422
