"""Views of the desk: items of an agenda, added, edited, moved, deleted and dropped."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.agenda import actions, rules
from meetings.agenda.forms import ItemForm
from meetings.models import Item
from meetings.planning.presenters import ShownMeeting
from meetings.planning.rules import change_agenda
from meetings.planning.views_desk import meeting_to_work_on


def _item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> tuple[ShownMeeting, Item]:
    """An item of a meeting that the person runs."""
    shown = meeting_to_work_on(request, pk)
    rows = Item.objects.filter(meeting=shown.meeting).select_related(
        "meeting", "consultation", "petition", "poll"
    )
    return shown, get_object_or_404(rows, pk=item_pk)


def _new_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The item stands at the end of the agenda."))
    return redirect("meetings_desk:detail", pk)


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_item(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add an item at the end of the agenda. rules.agenda.write."""
    shown = meeting_to_work_on(request, pk)
    if request.method == "GET":
        require(change_agenda(request.user, shown.meeting))
    form = ItemForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.add_item(shown.meeting, by=request.user, text=form.item())
            return _new_answer(request, made.pk, pk)
    context = shown.context(form=form)
    return render(request, "meetings/desk_item.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Change what an item says, until it has been considered. rules.agenda.edit."""
    shown, edited = _item(request, pk, item_pk)
    verdict = rules.edit(request.user, shown.meeting, edited, title=edited.title, things=0)
    if request.method == "GET":
        require(verdict)
    form = ItemForm(posted_data(request), instance=edited)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(shown.meeting, edited, may=verdict):
            actions.edit_item(edited, by=request.user, text=form.item())
            messages.success(request, _("Saved."))
            return redirect("meetings_desk:detail", pk)
    context = shown.context(form=form, item=edited)
    return render(request, "meetings/desk_item.html", context, status=form.status)


@login_required
@require_POST
def move_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put it at a place («to»), or one place earlier («up» is sent) or later. rules.agenda.move."""
    _shown, moved = _item(request, pk, item_pk)
    to = moved.order - 1 if "up" in request.POST else moved.order + 1
    if (place := request.POST.get("to")) is not None:
        to = int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else 0
    actions.move_item(moved, by=request.user, to=to)
    address = reverse("meetings_desk:detail", args=[pk])
    return redirect(f"{address}#item-{item_pk}")


@login_required
@require_POST
def delete_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Delete it from an agenda that is not published. rules.agenda.delete."""
    _shown, gone = _item(request, pk, item_pk)
    actions.delete_item(gone, by=request.user)
    messages.success(request, _("The item is deleted."))
    return redirect("meetings_desk:detail", pk)


@login_required
@require_POST
def drop_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take it off a published agenda. rules.agenda.drop."""
    _shown, dropped = _item(request, pk, item_pk)
    actions.drop_item(dropped, by=request.user)
    messages.success(
        request, _("The item is taken off the agenda; it stays there, struck through.")
    )
    return redirect("meetings_desk:detail", pk)
