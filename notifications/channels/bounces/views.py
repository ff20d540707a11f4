"""The page on which the owner of an address that bounces says that it works again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from notifications.channels.bounces import stopping


@login_required
@require_http_methods(["GET", "POST"])
def address(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Whether mails reach the person; POST mails a link by which they say that they do again."""
    bounced = stopping.bounce_of(request.user.email)
    if request.method == "POST":
        if bounced is not None:
            require(stopping.ask_whether_works(bounced))
            messages.success(request, _("We have sent you a link. It works for two days."))
        return redirect("channels:address")
    return render(request, "notifications/address.html", {"bounced": bounced})


@never_cache
@require_http_methods(["GET", "POST"])
def address_works(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing, as programs that check mails open links; POST
    lets mails go to the address again. Who has the link."""
    bounced = stopping.find_by_link(pk, token)
    if bounced is None:
        raise Http404
    if request.method == "POST":
        stopping.confirm(bounced)
    context = {"email": bounced.email, "is_done": request.method == "POST"}
    return render(request, "notifications/address_works.html", context)
