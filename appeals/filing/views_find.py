"""Views for applicants without an account: number and secret, and a new secret by mail.

Whether a number, a secret, an e-mail or a name is wrong, the answer is the same, and so is its
work: one query, comparisons in constant time, the same counts.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import per_client
from appeals.actions import open_by_secret
from appeals.filing import access, limits, renewing
from appeals.filing.forms_own import FindForm, RenewForm
from core.domain import clock
from core.domain.rules import refuse, require
from core.web.client_ip import client_groups
from core.web.forms import posted_data

WRONG = refuse(
    "appeal.not_found",
    gettext_lazy("There is no appeal with this number and this code. Please check both."),
)


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Open one's appeal by number and secret. Who has both."""
    form = FindForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        number, day = form.numbered
        appeal = open_by_secret(number, day, form.cleaned_data["secret"])
        if appeal is not None:
            access.remember(request, appeal, clock.now())
            return redirect(appeal.get_absolute_url())
        with form.attempt():
            require(limits.FIND.spend_client(client_groups(request)))
            require(limits.WRONG.spend(number, day))
            require(WRONG)
    return render(request, "appeals/find.html", {"form": form}, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.RENEW)
def renew(request: HttpRequest) -> HttpResponse:
    """Have a new secret mailed to the address that the appeal names; the answer does not tell
    whether there is one. Anybody: the mail reaches the applicant alone."""
    form = RenewForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        renewing.ask(*form.numbered, email=email, name=form.cleaned_data["name"])
        return render(request, "appeals/renew_asked.html", {"email": email})
    return render(request, "appeals/renew.html", {"form": form}, status=form.status)


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Forget on this device the appeals that secrets have opened. Anybody."""
    access.forget(request)
    messages.success(
        request, _("Closed. On this device the number and the code will be asked for again.")
    )
    return redirect("appeals:about")
