"""The desk's pages of a secret poll's keys: its keepers, and the opening of its ballots."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest, signed_in
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from sealing import challenges, opener
from sealing.key_files import LONGEST
from votes import rules
from votes.desk.views import poll_worked_on
from votes.keepers import actions
from votes.keepers import rules as keepers_rules
from votes.keepers.forms import AnswerForm, KeeperForm, OpeningForm, UnopenedForm
from votes.life import actions as life_actions
from votes.models import Keeper
from votes.presenters import ShownPoll


def _secret_poll(request: AuthenticatedHttpRequest, pk: int) -> ShownPoll:
    shown = poll_worked_on(request, pk)
    if not shown.poll.is_secret:
        raise Http404
    return shown


def _keeper_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The public half is saved. Now try the saved file."))
    return redirect("votes_desk:keepers", pk)


@idempotent(_keeper_answer)
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def keepers(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Keepers of the keys, and making one on this device; POST saves its public half. rules.run,
    keepers_rules.change_keepers.
    """
    shown = _secret_poll(request, pk)
    form = KeeperForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            given = form.cleaned_data
            public_key = bytes.fromhex(given["public_key"])
            made = actions.add_keeper(
                shown.poll, by=request.user, name=given["name"], public_key=public_key
            )
            return _keeper_answer(request, made.pk, pk)
    return _page(request, shown, form, status=form.status)


def _page(
    request: AuthenticatedHttpRequest, shown: ShownPoll, form: KeeperForm, status: int = 200
) -> HttpResponse:
    kept = list(Keeper.objects.filter(poll=shown.poll))
    may_change = keepers_rules.change_keepers(request.user, shown.poll, now=shown.now)
    rows: list[dict[str, Any]] = []
    for keeper in kept:
        row: dict[str, Any] = {"keeper": keeper}
        if may_change and keeper.proved_at is None:
            made = challenges.new_challenge(keeper.pk, bytes(keeper.public_key))
            row["sealed"], row["challenge"] = made
        rows.append(row)
    context = shown.context(
        form=form, rows=rows, may_change=may_change, has_place=len(kept) < keepers_rules.KEEPERS
    )
    return render(request, "votes/desk_keepers.html", context, status=status)


@signed_in("POST")
def keeper_try(request: AuthenticatedHttpRequest, pk: int, keeper_pk: int) -> HttpResponse:
    """Answer a challenge with a saved file. keepers_rules.change_keepers."""
    shown = _secret_poll(request, pk)
    keeper = get_object_or_404(Keeper, pk=keeper_pk, poll=shown.poll)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.prove_keeper(keeper, by=request.user, **form.cleaned_data)
            messages.success(request, _("The saved file opens what is sealed to this key."))
            return redirect("votes_desk:keepers", pk)
    told = KeeperForm({})
    told.errors.clear()
    for errors in form.errors.values():
        told.add_error(None, errors)
    return _page(request, shown, told, status=422)


@signed_in("POST")
def keeper_remove(request: AuthenticatedHttpRequest, pk: int, keeper_pk: int) -> HttpResponse:
    """Discard a key, to make another. keepers_rules.change_keepers."""
    shown = _secret_poll(request, pk)
    keeper = get_object_or_404(Keeper, pk=keeper_pk, poll=shown.poll)
    actions.remove_keeper(keeper, by=request.user)
    messages.success(request, _("The key is discarded."))
    return redirect("votes_desk:keepers", pk)


def _word_meaning(word: str) -> str:
    """The meaning of a word of the process that opens the boxes, for the person with the file."""
    refusals = (rules.OTHER_KEY, keepers_rules.OPENED, rules.CANCELLED)
    words = {"bad_file": _("This is no file of a keeper.")} | {
        each.code: str(each.message) for each in refusals
    }
    return words.get(word, _("The ballots could not be opened. Nothing is lost: try again."))


# A file that is read before the middleware's check of the form would be a file on the disk.
@csrf_exempt
@sensitive_post_parameters()
@never_cache
@signed_in("GET", "POST")
def opening(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Open the ballots after the close: the file goes from this request through a pipe to a process
    of its own, and is written nowhere. rules.run, keepers_rules.open_boxes."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _opening(request, pk)


@csrf_protect
def _opening(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown = _secret_poll(request, pk)
    require(rules.run(request.user, shown.poll))
    may_open = keepers_rules.open_boxes(shown.poll, now=shown.now)
    form = OpeningForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        require(may_open)
        content = form.cleaned_data["file"].read(LONGEST + 1)
        command = "open_boxes", str(pk), "--by", str(request.user.pk)
        word = opener.begin(content, *command)
        if word in ("opened", "opening"):
            done = _("The ballots are opened.") if word == "opened" else _("They are being opened.")
            messages.success(request, done)
            return redirect("votes_desk:detail", pk)
        form.add_error("file", _word_meaning(word))
    kept = Keeper.objects.filter(poll=shown.poll)
    context = shown.context(form=form, keepers=kept, may_open=may_open)
    return render(request, "votes/desk_opening.html", context, status=form.status)


@signed_in("GET", "POST")
def publish_unopened(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish although some ballots could not be opened, with a reason. rules.publish,
    keepers_rules.count_opened."""
    shown = _secret_poll(request, pk)
    require(rules.publish(request.user, shown.poll, now=shown.now, unconfirmed=0))
    form = UnopenedForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            life_actions.publish(shown.poll, by=request.user, **form.cleaned_data)
            messages.success(request, _("The results are published."))
            return redirect("votes:results", pk)
    return render(request, "votes/desk_unopened.html", shown.context(form=form), status=form.status)
