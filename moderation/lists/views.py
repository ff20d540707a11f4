"""The council's word list and the moderators' saved reasons: read, added to, shortened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.domain.typography import group_thousands
from core.web.idempotency import idempotent
from moderation import rules
from moderation.forms import SavedReasonForm, WordsForm
from moderation.lists import actions
from moderation.models import SavedReason, WatchedWord
from moderation.tabs import tabs


@login_required
@require_GET
def lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Both lists, with a form for each. rules.edit_lists."""
    require(rules.edit_lists(request.user))
    return _lists(request)


def _lists(request: AuthenticatedHttpRequest, **forms: Any) -> HttpResponse:
    context = {
        "words": WatchedWord.objects.all(),
        "saved": SavedReason.objects.all(),
        "words_form": WordsForm(),
        "reason_form": SavedReasonForm(),
        "tabs": tabs(request.user, "lists"),
        **forms,
    }
    return render(request, "moderation/lists.html", context, status=422 if forms else 200)


def _back_to_lists(request: AuthenticatedHttpRequest, words: str = "") -> HttpResponse:
    if words:
        messages.success(request, words)
    return redirect(reverse("moderation:lists"))


def _words_answer(request: AuthenticatedHttpRequest, _word_id: int) -> HttpResponse:
    return _back_to_lists(request, _("The words are on the list."))


@idempotent(_words_answer)
@login_required
@require_POST
def add_words(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add words or phrases, one a line. rules.add_words."""
    require(rules.edit_lists(request.user))
    form = WordsForm(request.POST)
    if form.is_valid():
        with form.attempt():
            number = actions.add_words(form.cleaned_data["words"].split("\n"), by=request.user)
            words = ngettext(
                "%(number)s word is added to the list.",
                "%(number)s words are added to the list.",
                number,
            )
            return _back_to_lists(request, words % {"number": group_thousands(number)})
    return _lists(request, words_form=form)


@login_required
@require_POST
def remove_word(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a word from the list. rules.edit_lists."""
    actions.remove_word(pk, by=request.user)
    return _back_to_lists(request, _("Removed."))


def _reason_answer(request: AuthenticatedHttpRequest, _reason_id: int) -> HttpResponse:
    return _back_to_lists(request, _("The reason is saved."))


@idempotent(_reason_answer)
@login_required
@require_POST
def save_reason(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Save a reason that moderators use again. rules.save_reason."""
    require(rules.edit_lists(request.user))
    form = SavedReasonForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.save_reason(by=request.user, **form.cleaned_data)
            return _back_to_lists(request, _("The reason is saved."))
    return _lists(request, reason_form=form)


@login_required
@require_POST
def remove_reason(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a saved reason away. rules.edit_lists."""
    actions.remove_reason(pk, by=request.user)
    return _back_to_lists(request, _("Removed."))
