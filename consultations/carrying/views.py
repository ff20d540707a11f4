"""Public pages of carrying: the changes of a text, and the author's word about a remark's place."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import RedirectView

from accounts.http import AuthenticatedHttpRequest
from consultations.carrying import actions, pages
from consultations.models import Place
from consultations.views import load_consultation, topic_of_page
from core.web.pages import shared_page


@require_safe
@shared_page(topic_of_page)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Differences between two versions of the draft, clause by clause. Anybody."""
    context = pages.changes_context(load_consultation(request, pk).consultation, request.GET)
    return render(request, "consultations/changes.html", context)


#: The former address of the page of changes. Anybody.
versions = require_safe(
    RedirectView.as_view(pattern_name="consultations:changes", permanent=True, query_string=True)
)


@login_required
@require_POST
def answer_place(
    request: AuthenticatedHttpRequest, pk: int, remark_pk: int, place_pk: int
) -> HttpResponse:
    """Say whether one's remark is about the clause to which it was carried. rules.answer_place."""
    load_consultation(request, pk)
    places = Place.objects.filter(
        remark=remark_pk, remark__consultation=pk, remark__comment__author=request.user
    )
    answer = request.POST.get("answer")
    if answer not in (Place.Answer.YES, Place.Answer.NO):
        raise Http404
    is_right = answer == Place.Answer.YES
    actions.answer_place(get_object_or_404(places, pk=place_pk), by=request.user, is_right=is_right)
    messages.success(
        request,
        _("Thank you. Your remark stays at this clause.")
        if is_right
        else _("Thank you. Everybody sees that your remark is about something else."),
    )
    return redirect("consultations:remark", pk, remark_pk)
