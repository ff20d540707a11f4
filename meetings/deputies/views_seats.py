"""The desk's page of the numbers of a body's seats in the hall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data
from meetings.deputies.actions_seats import number_seats, seats_of
from meetings.models import Body, Seat
from meetings.rules import keep_council

_HIGHEST = 999


class NumbersForm(RefusableForm):
    """The number of each seat, and which numbers the page showed."""

    marks_optional = False

    seen = forms.CharField(
        required=False, max_length=20_000, widget=forms.HiddenInput(attrs={"id": False})
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = " ".join(f"{seat.pk}:{seat.number or ''}" for seat in seats)
        for seat in seats:
            self.fields[_field(seat.pk)] = forms.IntegerField(
                label=seat.deputy.name,
                required=False,
                initial=seat.number,
                min_value=1,
                max_value=_HIGHEST,
                error_messages={"invalid": gettext_lazy("Please write a number.")},
                widget=forms.NumberInput(
                    attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}
                ),
            )
        self._ids = [seat.pk for seat in seats]

    @property
    def numbers(self) -> dict[int, int | None]:
        return {pk: self.cleaned_data.get(_field(pk)) for pk in self._ids}

    @property
    def shown(self) -> dict[int, int | None]:
        """The numbers shown on the page; unreadable ones are left out."""
        pairs = (each.partition(":") for each in self.cleaned_data["seen"].split())
        return {
            int(pk): int(number) if number.isdecimal() else None
            for pk, _colon, number in pairs
            if pk.isdecimal()
        }


def _field(pk: int) -> str:
    return f"seat_{pk}"


@login_required
@require_http_methods(["GET", "POST"])
def seat_numbers(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Say where the members of a body sit, for the displays of its votes.
    rules.seat_numbers.number_seats."""
    require(keep_council(request.user))
    body = get_object_or_404(Body, pk=body_pk)
    form = NumbersForm(posted_data(request), seats=list(seats_of(body)))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            number_seats(body, by=request.user, numbers=form.numbers, seen=form.shown)
            messages.success(request, _("Saved."))
            return redirect("deputies_desk:list")
    context = {"form": form, "body": body}
    return render(request, "meetings/deputies/desk_seats.html", context, status=form.status)
