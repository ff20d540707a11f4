"""Views of the desk: the act by which members of a body may take part by videoconference.
rules.council.allow_video: administrators."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import DateField, DateInput, RefusableForm, posted_data
from core.web.idempotency import idempotent
from meetings.deputies import actions_video as actions
from meetings.models import Body
from meetings.rules import keep_council


class VideoForm(RefusableForm):
    """The act that allows it."""

    refused_at = {"council.act_missing": "number", "council.act_to_come": "date"}

    number = forms.CharField(
        label=gettext_lazy("Number of the act"),
        max_length=100,
        help_text=gettext_lazy(
            "As the council’s decision or the law has it. It stands beside each vote that is given "
            "by videoconference."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    date = DateField(
        label=gettext_lazy("Date of the act"),
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
    )


def _redirect_saved(request: HttpRequest, _id: int, body_pk: int) -> HttpResponse:
    messages.success(request, _("Members of this body may take part by videoconference."))
    return redirect("deputies_desk:video", body_pk)


@idempotent(_redirect_saved)
@login_required
@require_http_methods(["GET", "POST"])
def video(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Switch it on by an act, or enter another act. rules.council.allow_video."""
    require(keep_council(request.user))
    body = get_object_or_404(Body, pk=body_pk)
    form = VideoForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.allow_video(body, by=request.user, **form.cleaned_data)
            return _redirect_saved(request, made.pk, body_pk)
    grounds = list(body.video_grounds.order_by("-pk"))
    context = {
        "form": form,
        "body": body,
        "now": next((each for each in grounds if each.ended_at is None), None),
        "former": [each for each in grounds if each.ended_at],
    }
    template = "meetings/deputies/desk_video.html"
    return render(request, template, context, status=form.status)


@login_required
@require_POST
def end_video(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Switch it off. rules.roles.keep_council."""
    require(keep_council(request.user))
    actions.end_video(get_object_or_404(Body, pk=body_pk), by=request.user)
    messages.success(request, _("Nobody takes part by videoconference any more."))
    return redirect("deputies_desk:video", body_pk)
