"""The search over the desk."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from core.domain.rules import require
from core.web.forms import FilterForm
from portal.desk_search.finding import KINDS, find


class SearchForm(FilterForm):
    """The words, and whether applicants' names are looked for too."""

    q = forms.CharField(
        label=_("Number, words of the subject, or state"), required=False, max_length=200
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *((name, kind.label) for name, kind in KINDS.items())],
    )
    names = forms.BooleanField(
        label=_("Applicants’ names too: each appeal found is entered in its journal"),
        required=False,
    )


@login_required
@require_GET
@shows_people
def desk_search(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Search in the work of the person by number, words or state. accounts.rules.use_desk."""
    require(use_desk(request.user))
    record_access(request.user, [], "appeal.work")
    form = SearchForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    text = str(chosen.get("q", "")).replace("\0", "")
    groups = find(
        request.user, text, kind=chosen.get("kind", ""), by_name=chosen.get("names", False)
    )
    context = {"form": form, "text": text, "groups": groups}
    return render(request, "portal/desk_search.html", context)
