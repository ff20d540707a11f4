"""Views of the desk: who sits in the council. rules.roles.keep_council: administrators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.deputies import actions
from meetings.deputies.forms_desk import (
    BodyForm,
    DeputyForm,
    EndSeatForm,
    FactionForm,
    SeatForm,
    UniqueForm,
)
from meetings.models import Body, Deputy, Faction, Seat
from meetings.rules import keep_council

#: So many deputies stand on a page: a council with its committees.
SIZE = 100


@dataclass(frozen=True, slots=True)
class ListedDeputy:
    """A deputy with their seats, those that have ended among them."""

    deputy: Deputy
    seats: list[Seat]


@login_required
@require_GET
def council(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Bodies, factions, deputies with their seats. rules.roles.keep_council."""
    require(keep_council(request.user))
    today = local_date(clock.now())
    rows = Deputy.objects.select_related("faction")
    page = page_of(rows, order=("name_key", "id"), after=request.GET.get("after"), size=SIZE)
    context = {
        "bodies": _bodies(today),
        "factions": _factions(today),
        "page": page,
        "deputies": _with_seats(page.items),
        "today": today,
        **neighbours(page, request.GET),
    }
    return render(request, "meetings/deputies/desk_list.html", context)


def _factions(today: date) -> QuerySet[Any]:
    """All, with ``number``: how many deputies of each have their powers."""
    now = Q(deputies__since__lte=today) & (Q(deputies__until=None) | Q(deputies__until__gte=today))
    return Faction.objects.annotate(number=Count("deputies", filter=now))


def _bodies(today: date) -> list[Body]:
    """All, those that still meet first, with ``taken``: how many of their seats are."""
    now = Q(seats__since__lte=today) & (Q(seats__until=None) | Q(seats__until__gte=today))
    taken = Count("seats", filter=now & Q(seats__is_head=False))
    by_closing = F("closed_at").desc(nulls_first=True)
    return list(Body.objects.annotate(taken=taken).order_by(by_closing, "pk"))


def _with_seats(deputies: list[Deputy]) -> list[ListedDeputy]:
    """One query for all seats."""
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(deputy__in=deputies).select_related("body").order_by("since"):
        seats[seat.deputy_id].append(seat)
    return [ListedDeputy(deputy, seats[deputy.pk]) for deputy in deputies]


def _deputy_answer(request: HttpRequest, made_id: int) -> HttpResponse:
    messages.success(request, _("Added. Now say in which body they sit."))
    return redirect("deputies_desk:new_seat", made_id)


@idempotent(_deputy_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_deputy(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a deputy. rules.council.add_named."""
    require(keep_council(request.user))
    form = DeputyForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken():
            data = form.cleaned_data
            made = actions.add_deputy(
                by=request.user,
                name=data["name"],
                since=data["since"],
                faction=data["faction"],
                district=data["district"],
                user=data["email"],
            )
            return _deputy_answer(request, made.pk)
    return form_page(request, form, _("Add a deputy"))


def _body_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("The body is added."))
    return redirect("deputies_desk:list")


@idempotent(_body_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_body(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a body that meets. rules.council.add_body."""
    require(keep_council(request.user))
    form = BodyForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken():
            made = actions.add_body(by=request.user, **form.cleaned_data)
            return _body_answer(request, made.pk)
    return form_page(request, form, _("Add a body"))


def _faction_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("The faction is added."))
    return redirect("deputies_desk:list")


@idempotent(_faction_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_faction(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a faction. rules.council.add_named."""
    require(keep_council(request.user))
    form = FactionForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken():
            names = {name: form.cleaned_data[name] for name in ("name", "name_en")}
            made = actions.add_faction(by=request.user, **names)
            return _faction_answer(request, made.pk)
    return form_page(request, form, _("Add a faction"))


def _seat_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("They have the seat."))
    return redirect("deputies_desk:list")


@idempotent(_seat_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_seat(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give a deputy a seat in a body. rules.council.seat."""
    require(keep_council(request.user))
    deputy = get_object_or_404(Deputy, pk=pk)
    form = SeatForm(posted_data(request), initial={"since": deputy.since})
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken():
            data = dict(form.cleaned_data)
            made = actions.seat(deputy, data.pop("body"), by=request.user, **data)
            return _seat_answer(request, made.pk, pk)
    return form_page(request, form, _("Give a seat"), about=deputy.name)


@login_required
@require_http_methods(["GET", "POST"])
def end_seat(request: AuthenticatedHttpRequest, seat_pk: int) -> HttpResponse:
    """Say on which day a seat ends. rules.council.end_seat."""
    require(keep_council(request.user))
    seat = get_object_or_404(Seat.objects.select_related("deputy", "body"), pk=seat_pk)
    form = EndSeatForm(posted_data(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken(), form.saving(seat):
            actions.end_seat(seat, by=request.user, until=form.cleaned_data["until"])
            messages.success(request, _("Saved: the seat ends on that day."))
            return redirect("deputies_desk:list")
    about = f"{seat.deputy.name}, {seat.body.name}"
    return form_page(request, form, _("End a seat"), about=about, once=False)


def form_page(
    request: HttpRequest,
    form: UniqueForm,
    title: str,
    *,
    about: str = "",
    once: bool = True,
) -> HttpResponse:
    """The page of a form: ``about`` whom it is, ``once``: it makes something new."""
    context = {"form": form, "here": title, "about": about, "once": once}
    return render(request, "meetings/deputies/desk_form.html", context, status=form.status)
