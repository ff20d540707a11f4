"""The moderators' queue: taken to read, left up, hidden; alone, or all of the same words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours
from core.domain.rules import Refused, require
from core.domain.typography import group_thousands
from discussions import actions as discussion
from discussions import rules
from discussions.models import Comment
from moderation import queries
from moderation.forms import HideForm
from moderation.models import SavedReason
from moderation.places import place_of
from moderation.queue import actions
from moderation.tabs import other_desks, tabs


@login_required
@require_GET
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Comments waiting, taken, new and hidden. rules.use_queue."""
    require(rules.use_queue(request.user))
    return _queue(request)


def _queue(
    request: AuthenticatedHttpRequest,
    *,
    said: str = "",
    warned: str = "",
    refused: tuple[int, HideForm] | None = None,
    name: str = "",
) -> HttpResponse:
    """The queue after a decision: ``said`` says what was done, ``warned`` and ``refused`` what was
    not and why.

    To htmx only its region is sent.
    """
    name = name or request.GET.get("list", "")
    name = name if name in queries.LISTS else "waiting"
    page = queries.queue(request.user, name, request.GET.get("after"))
    is_region = bool(request.htmx) and request.method == "POST"
    context: dict[str, Any] = {
        "rows": [
            {
                "item": item,
                "form": refused[1]
                if refused and refused[0] == item.comment.pk
                else HideForm(comment=item.comment, place=item.place),
            }
            for item in page
        ],
        "list": name,
        "tabs": tabs(request.user, name),
        "saved": queries.saved_reasons(),
        "others": [] if is_region else other_desks(request.user),
        "batch": actions.BATCH,
        "query": _query(request, name),
        "said": said,
        "warned": warned,
        **neighbours(page, request.GET),
    }
    template = "moderation/queue.html#queue" if is_region else "moderation/queue.html"
    return render(request, template, context, status=422 if refused or warned else 200)


def _query(request: AuthenticatedHttpRequest, name: str) -> str:
    """The address's query with the list that is shown."""
    query = request.GET.copy()
    if name != "waiting" or "list" in query:
        if query.get("list") != name:
            query = QueryDict(mutable=True)
        query["list"] = name
    return query.urlencode()


def _comment(request: AuthenticatedHttpRequest, pk: int) -> Comment:
    require(rules.use_queue(request.user))
    return get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)


def _back_to_queue(request: AuthenticatedHttpRequest, words: str, name: str = "") -> HttpResponse:
    """Back to the queue where the moderator was."""
    if request.htmx:
        return _queue(request, said=words, name=name)
    messages.success(request, words)
    query = f"list={name}" if name else request.GET.urlencode()
    return redirect(f"{reverse('moderation:queue')}?{query}")


def _show_refusal(
    request: AuthenticatedHttpRequest, refused: Refused, form: HideForm | None = None, pk: int = 0
) -> HttpResponse:
    """The queue as it is now, with why a decision was not taken and what was typed; who does not
    moderate this gets the page of refusals."""
    code = refused.verdict.code
    if code == rules.MODERATORS_ONLY.code or code.startswith("account."):
        raise refused
    typed = (pk, form) if form is not None else None
    return _queue(request, warned=str(refused.verdict.message), refused=typed)


@login_required
@require_POST
def take(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Take the next items to read, that nobody else decides on meanwhile. rules.use_queue."""
    taken = len(actions.take(by=request.user))
    words = ngettext(
        "%(number)s comment is yours to decide.", "%(number)s comments are yours to decide.", taken
    )
    return _back_to_queue(request, words % {"number": group_thousands(taken)}, "mine")


@login_required
@require_POST
def release(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Leave to others what one has taken. rules.use_queue."""
    left = actions.release(by=request.user)
    words = ngettext(
        "%(number)s comment is left to others.", "%(number)s comments are left to others.", left
    )
    return _back_to_queue(request, words % {"number": group_thousands(left)}, "waiting")


@login_required
@require_POST
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Leave a comment as it is, or all of the same words («same»). rules.decide."""
    comment = _comment(request, pk)
    try:
        if "same" in request.POST:
            number = actions.leave_up_same(comment, by=request.user)
            words = ngettext(
                "%(number)s comment is left up.", "%(number)s comments are left up.", number
            )
            return _back_to_queue(request, words % {"number": group_thousands(number)})
        actions.leave_up(comment, by=request.user)
    except Refused as refused:
        return _show_refusal(request, refused)
    return _back_to_queue(request, _("Left up."))


@login_required
@require_POST
def hide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Hide a comment with a reason, a saved one («saved») or another; or all of the same words
    («same»). rules.decide and discussions.rules.hide."""
    comment = _comment(request, pk)
    form = HideForm(request.POST, comment=comment, place=place_of(comment))
    saved = _chosen_reason(request)
    if saved is None and not form.is_valid():
        return _queue(request, refused=(pk, form))
    why = form.cleaned_data if saved is None else {"reason": saved.rule, "note": saved.note}
    try:
        if "same" in request.POST:
            number = actions.hide_same(comment, by=request.user, **why)
            words = ngettext(
                "%(number)s comment is hidden.", "%(number)s comments are hidden.", number
            )
            return _back_to_queue(request, words % {"number": group_thousands(number)})
        is_waiting = "waiting" in request.POST
        actions.hide(comment, by=request.user, is_waiting=is_waiting, **why)
    except Refused as refused:
        if saved is None and refused.verdict.code in form.refused_at:
            form.refuse(refused.verdict)
            return _queue(request, refused=(pk, form))
        return _show_refusal(request, refused, form, pk)
    return _back_to_queue(request, _("Hidden. Its author is told by mail."))


def _chosen_reason(request: AuthenticatedHttpRequest) -> SavedReason | None:
    """The saved reason whose button was pressed, if one was."""
    given = request.POST.get("saved", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        return None
    return SavedReason.objects.filter(pk=int(given)).first()


@login_required
@require_POST
def restore(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Show a hidden comment again. discussions.rules.restore."""
    discussion.restore(_comment(request, pk), by=request.user)
    return _back_to_queue(request, _("Shown again."))
