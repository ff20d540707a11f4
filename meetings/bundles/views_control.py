"""Views of running a meeting: one vote on several items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import offer_choices, posted_data
from core.web.idempotency import idempotent
from meetings.bundles.actions import may_join, open_bundle
from meetings.control.forms import RollCallForm
from meetings.control.steps import draw_step, meeting_to_run, url_of
from meetings.course.rules import control
from meetings.models import Item, RollCall
from meetings.presence.queries import attendance_of


class BundleForm(RollCallForm):
    """Form for a vote on several items: the question, and the other items."""

    refused_at = {
        **RollCallForm.refused_at,
        "bundle.empty": "items",
        "bundle.not_planned": "items",
    }

    items = forms.TypedMultipleChoiceField(
        label=_("Decided together with the current item"),
        coerce=int,
        error_messages={"required": _("Please choose the items that are decided together.")},
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("items", "question", "short_question", "needs")

    def __init__(self, *args: Any, items: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["repeats"]
        chosen = [(item.pk, f"{item.order}. {item.title}") for item in items]
        offer_choices(self, "items", chosen)


def _answer(_request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "roll-call"))


@idempotent(_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_bundle(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put several items to one vote. rules.rollcalls.open_roll_call, rules.bundles.choose."""
    meeting = meeting_to_run(request, pk)
    require(control(request.user, meeting))
    initial = {
        "question": _("To adopt the decisions on the items as a bundle"),
        "needs": RollCall.Needs.MAJORITY,
        "seen_item": meeting.current_item_id,
    }
    form = BundleForm(
        posted_data(request),
        attendance=attendance_of(meeting),
        items=may_join(meeting),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = open_bundle(meeting, by=request.user, **form.cleaned_data)
            return _answer(request, made.pk, pk)
    return draw_step(
        request,
        meeting,
        "meetings/control_bundle.html",
        at="roll-call",
        form=form,
        item=meeting.current_item,
        status=form.status,
    )
