"""The desk's pages of which vote decided an item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data
from meetings.minutes import rules
from meetings.minutes.texts import section_of
from meetings.models import Item, RollCall
from meetings.outcome.deciding import counts, deciding
from meetings.planning.views_desk import meeting_to_work_on
from meetings.rollcalls import actions_decisions

_NONE = "0"


class DecisionForm(RefusableForm):
    """The vote that decided an item, or none."""

    roll_call = forms.ChoiceField(
        label=gettext_lazy("Which vote decided it"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, roll_calls: list[RollCall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["roll_call"]
        field.choices = [
            *((str(each.pk), each.question) for each in roll_calls),
            (_NONE, _("None of them: what is written stands alone")),
        ]


def _answer(pk: int, section: str = "") -> HttpResponse:
    address = reverse("meetings_desk:minutes", args=[pk])
    return redirect(f"{address}#{section}" if section else address)


@login_required
@require_http_methods(["GET", "POST"])
def decision(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Say which vote decided an item. rules.rollcalls.decide."""
    shown = meeting_to_work_on(request, pk)
    require(rules.write(request.user, shown.meeting))
    item = get_object_or_404(Item.objects.select_related("meeting"), pk=item_pk, meeting=pk)
    rows = list(item.roll_calls.select_related("annulment").order_by("pk"))
    found = deciding(item, rows)
    may = [each for each in rows if counts(each)]
    initial = {"roll_call": str(found.pk) if found else _NONE}
    form = DecisionForm(posted_data(request), roll_calls=may, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            given = form.cleaned_data["roll_call"]
            chosen = next((each for each in may if str(each.pk) == given), None)
            actions_decisions.confirm_decision(item, chosen, by=request.user)
            messages.success(request, _("Saved."))
            return _answer(pk, section_of(item.pk))
    context = shown.context(form=form, item=item)
    return render(request, "meetings/desk_decision.html", context, status=form.status)


@login_required
@require_POST
def confirm_all(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Confirm for all items what the draft shows as deciding. rules.rollcalls.decide."""
    shown = meeting_to_work_on(request, pk)
    require(rules.write(request.user, shown.meeting))
    actions_decisions.confirm_shown_decisions(shown.meeting, by=request.user)
    messages.success(request, _("Which votes decided is confirmed."))
    return _answer(pk)
