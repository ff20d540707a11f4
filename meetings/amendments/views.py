"""Amendments: everybody reads them, deputies and the office enter them, the secretary runs them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page
from meetings.amendments import actions, queries, rules
from meetings.amendments.forms import AmendmentForm
from meetings.amendments.presenters import ShownGroup, changes
from meetings.control.steps import carry_out, draw_step, meeting_to_run, step_of, url_of
from meetings.floor.queries import deputy_of
from meetings.models import AdoptedText, Amendment, Item, Meeting
from meetings.presenters import ShownMeeting
from meetings.queries import is_member
from meetings.rules import run
from meetings.views import meeting_of, topics_of

STEPS: dict[str, Callable[..., Any]] = {
    "vote": actions.put_to_vote,
    "withdraw": actions.withdraw,
    "compatible": partial(actions.mark, is_compatible=True),
    "alone": partial(actions.mark, is_compatible=False),
}


def _item(pk: int, item_pk: int) -> Item:
    rows = Item.objects.filter(meeting=pk).select_related("meeting__body", "consultation")
    return get_object_or_404(rows, pk=item_pk)


def _groups(item: Item) -> list[ShownGroup]:
    return [ShownGroup.of(each) for each in queries.groups_on(item)]


def _load_shown(request: HttpRequest, pk: int, item_pk: int) -> tuple[ShownMeeting, Item]:
    shown = meeting_of(request, pk)
    return shown, _item(pk, item_pk)


@require_safe
@shared_page(topics_of)
def amendments(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """The amendments to an item's draft, by clause, and what became of each. Anybody."""
    shown, item = _load_shown(request, pk, item_pk)
    composed = AdoptedText.objects.filter(item=item, published_at__isnull=False)
    context = shown.context(
        item=item,
        groups=_groups(item),
        version=queries.version_of(item),
        adopted=composed.select_related("version").first(),
    )
    return render(request, "meetings/amendments.html", context)


def _redirect_entered(request: HttpRequest, _made: int, pk: int, item_pk: int) -> HttpResponse:
    messages.success(request, _("The amendment is entered."))
    return redirect("meetings:amendments", pk, item_pk)


@idempotent(_redirect_entered)
@login_required
@require_http_methods(["GET", "POST"])
def propose(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Enter one: a deputy their own, the office that of whoever moves it. rules.propose."""
    shown, item = _load_shown(request, pk, item_pk)
    meeting = shown.meeting
    is_own = not run(request.user, meeting)
    deputy = deputy_of(request.user) if is_own else None
    sits = deputy is not None and is_member(meeting, deputy)
    if request.method == "GET":
        require(rules.propose(request.user, meeting, item, deputy, is_member=sits))
    version = queries.version_of(item)
    form = AmendmentForm(posted_data(request), meeting=meeting, version=version, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            said = form.cleaned_data if not is_own else {**form.cleaned_data, "deputy": deputy}
            made = actions.propose(item, by=request.user, **said)
            return _redirect_entered(request, made.pk, pk, item_pk)
    context = shown.context(form=form, item=item, version=version)
    return render(request, "meetings/amendment_new.html", context, status=form.status)


def _at_control(request: HttpRequest, pk: int, item_pk: int) -> tuple[Meeting, Item]:
    """An item of a meeting that the person runs; else 404."""
    meeting = meeting_to_run(request, pk)
    return meeting, _item(meeting.pk, item_pk)


@login_required
@require_GET
def run_amendments(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """The amendments to an item in the order of their votes, each with its step.
    rules.roles.run."""
    meeting, item = _at_control(request, pk, item_pk)
    return draw_step(
        request,
        meeting,
        "meetings/control_amendments.html",
        at="amendments",
        item=item,
        groups=_groups(item),
        composed=AdoptedText.objects.filter(item=item).first(),
        is_current=meeting.current_item_id == item.pk,
    )


@require_POST
@login_required
def amendment_step(
    request: AuthenticatedHttpRequest, pk: int, amendment_pk: int, step: str
) -> HttpResponse:
    """Put it to the vote, withdraw it, say that it can stand beside others. rules.put_to_vote,
    withdraw, mark."""
    meeting_to_run(request, pk)
    act = step_of(STEPS, step)
    rows = Amendment.objects.filter(item__meeting=pk).select_related("item__meeting", "clause")
    amendment = get_object_or_404(rows, pk=amendment_pk)
    back = _url(pk, amendment.item_id) if step != "vote" else url_of(pk, "roll-call")
    return carry_out(request, pk, lambda: act(amendment, by=request.user), to=back)


@require_POST
@login_required
def compose(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Compose the text of what is adopted. rules.compose."""
    _meeting, item = _at_control(request, pk, item_pk)
    act = partial(actions.compose, item, by=request.user)
    return carry_out(request, pk, act, to=_url(pk, item_pk))


@login_required
@require_http_methods(["GET", "POST"])
def adopted_text(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Read the composed text against the difference, and publish it. rules.publish."""
    meeting, item = _at_control(request, pk, item_pk)
    rows = AdoptedText.objects.filter(item=item).select_related("version", "base")
    composed = rows.first()
    if composed is None:
        raise Http404
    if request.method == "POST":
        act = partial(actions.publish, item, by=request.user)
        return carry_out(request, pk, act, to=_url(pk, item_pk))
    found: list[Any] = changes(composed.base.outline(), composed.version.outline())
    return draw_step(
        request,
        meeting,
        "meetings/control_adopted_text.html",
        at="amendments",
        item=item,
        composed=composed,
        changes=found,
        clauses=list(composed.version.outline()),
    )


def _url(pk: int, item_pk: int) -> str:
    return reverse("meetings_control:amendments", args=[pk, item_pk])
