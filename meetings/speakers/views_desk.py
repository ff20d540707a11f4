"""Views of the desk: how long people speak in the meetings of a body."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.deputies.views_desk import form_page
from meetings.models import Body
from meetings.rules import keep_council
from meetings.speakers.actions_times import set_times
from meetings.speakers.forms_times import TimesForm


@login_required
@require_http_methods(["GET", "POST"])
def times(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Say how long each kind of speech lasts in the meetings of a body. rules.set_times."""
    require(keep_council(request.user))
    body = get_object_or_404(Body, pk=body_pk)
    form = TimesForm(posted_data(request), body=body)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(body):
            set_times(body, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("deputies_desk:list")
    return form_page(request, form, _("Times for speeches"), about=body.local_name, once=False)
