"""Views of one's own residence: declared, confirmed by a letter, ended."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.residence import actions, queries
from accounts.residence.forms import CodeForm, DeclareForm, LetterForm
from accounts.security.views import onward
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@login_required
@require_GET
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person's own residence: current, possible steps, history. Anybody signed in."""
    return _page(request, CodeForm())


def _page(request: AuthenticatedHttpRequest, form: CodeForm) -> HttpResponse:
    context = {**queries.mine(request.user), "form": form, **_way(request)}
    return render(request, "accounts/residence/mine.html", context, status=form.status)


def _declared_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("Saved. Now you can confirm it."))
    return _to_mine(request)


@idempotent(_declared_answer)
@login_required
@require_http_methods(["GET", "POST"])
def declare(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Say where one lives, or that one has moved. Anybody signed in; rules.declare."""
    residence = queries.current(request.user)
    initial = (
        {"district": residence.district_id, "address": residence.address, "basis": residence.basis}
        if residence and not residence.checked_at
        else None
    )
    form = DeclareForm(posted_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.declare(request.user, **form.cleaned_data)
            return _declared_answer(request, made.pk)
    context = {"form": form, "residence": residence, "kept": _days_of_retention(), **_way(request)}
    return render(request, "accounts/residence/declare.html", context, status=form.status)


def _letter_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("We will send you the letter by post."))
    return _to_mine(request)


@idempotent(_letter_answer)
@login_required
@require_http_methods(["GET", "POST"])
def letter(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Ask for a letter with a code. Anybody signed in who has said where; rules.ask_letter."""
    residence = queries.current(request.user)
    if residence is None:
        return redirect(_along(reverse("residence:declare"), request))
    form = LetterForm(posted_data(request), initial={"address": residence.address})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.ask_letter(request.user, **form.cleaned_data)
            return _letter_answer(request, made.pk)
    context = {"form": form, "residence": residence, "days": settings.LETTER_DAYS, **_way(request)}
    return render(request, "accounts/residence/letter.html", context, status=form.status)


@login_required
@require_POST
def code(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter the code from the letter. Anybody signed in; rules.redeem."""
    form = CodeForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.confirm_by_letter(request.user, form.cleaned_data["code"])
            messages.success(request, _("Thank you: your residence is confirmed."))
            return _to_mine(request)
    return _page(request, form)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Say that one does not live there any more. Anybody signed in; rules.declare."""
    residence = queries.current(request.user)
    if residence is None:
        return _to_mine(request)
    if request.method == "POST":
        actions.end(request.user)
        messages.success(request, _("Your residence has ended; its address is deleted."))
        return _to_mine(request)
    return render(request, "accounts/residence/end.html", {"residence": residence})


def _way(request: HttpRequest) -> dict[str, str]:
    """Context of the way back to where residents alone take part:
    ``onward``, and ``query`` to carry it through these pages; both may be empty."""
    there = onward(request)
    return {"onward": there, "query": f"?{urlencode({'next': there})}" if there else ""}


def _along(address: str, request: HttpRequest) -> str:
    return address + _way(request)["query"]


def _to_mine(request: HttpRequest) -> HttpResponse:
    return redirect(_along(reverse("residence:mine"), request))


def _days_of_retention() -> dict[str, Any]:
    """For how many days the address is kept, as the page says when it asks for it."""
    return {
        "after_check": settings.RETENTION["addresses"].days,
        "unchecked": settings.RETENTION["unchecked_addresses"].days,
    }
