"""Views of the desk: answers that departments write often."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from appeals.answers import saved as actions
from appeals.answers.models_saved import SavedAnswer
from appeals.desk.forms import DRAFTS, SavedAnswerForm
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: So many stand on the page.
_MOST = 200


@login_required
@require_GET
def texts(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The saved answers of the person's departments. accounts.rules.use_desk."""
    require(use_desk(request.user))
    saved = actions.kept_by(request.user).order_by("department__name_key", "title")
    context = {
        "texts": saved[:_MOST],
        "may_add": bool(request.user.department_ids) or request.user.is_administrator,
        "kept_done": DRAFTS.keys_done(request),
    }
    return render(request, "appeals/desk_texts.html", context)


def _new_answer(request: HttpRequest, _made_pk: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("appeals_desk:texts")


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_text(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Save words that a department writes often. saved_answers.keep."""
    require(use_desk(request.user))
    form = SavedAnswerForm(posted_data(request), user=request.user)
    if form.is_valid():
        with form.attempt():
            made = actions.save(by=request.user, **form.cleaned_data)
            return _new_answer(request, made.pk)
    return _page(request, form)


@login_required
@require_http_methods(["GET", "POST"])
def text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a saved answer. saved_answers.keep."""
    require(use_desk(request.user))
    saved = get_object_or_404(actions.kept_by(request.user), pk=pk)
    initial = {"department": saved.department_id, "title": saved.title, "text": saved.text}
    form = SavedAnswerForm(posted_data(request), initial=initial, user=request.user, saved=saved)
    if form.is_valid():
        with form.attempt(), form.saving(saved):
            actions.save(by=request.user, saved=saved, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("appeals_desk:texts")
    return _page(request, form, saved)


def _page(
    request: HttpRequest, form: SavedAnswerForm, saved: SavedAnswer | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "saved": saved}
    return render(request, "appeals/desk_text.html", context, status=form.status)


@login_required
@require_POST
def delete_text(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Delete a saved answer. saved_answers.keep."""
    require(use_desk(request.user))
    saved = get_object_or_404(actions.kept_by(request.user), pk=pk)
    actions.delete(saved, by=request.user)
    messages.success(request, _("Deleted."))
    return redirect("appeals_desk:texts")
