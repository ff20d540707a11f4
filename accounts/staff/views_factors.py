"""Second factors that somebody has lost, taken away by an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.security import actions, rules
from accounts.staff.forms import ResetFactorsForm
from core.domain.rules import require
from core.web.forms import posted


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def reset(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take away all second factors, after a question. security.rules.reset_factors."""
    whose = get_object_or_404(User, pk=pk)
    require(rules.reset_factors(request.user, whose))
    record_access(request.user, whose, "account.factors")
    form = ResetFactorsForm(posted(request))
    if form.is_valid():
        with form.attempt():
            actions.reset_factors(whose, by=request.user, known_by=form.cleaned_data["known_by"])
            messages.success(request, _("The second factors are reset."))
            return redirect("staff:person", pk)
    context = {"whose": whose, "form": form}
    return render(request, "accounts/staff/reset_factors.html", context, status=form.status)
