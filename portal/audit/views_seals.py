"""The desk's pages of seals: which heads have one, and adding one."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import administer
from core.audit_log.anchors import seals
from core.audit_log.heads import heads_of, last_days
from core.audit_log.queries import DAYS
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from portal.audit import actions
from portal.audit.anchored import show_for_desk
from portal.audit.forms import SealForm
from portal.audit.views_heads import head_or_404


@login_required
@require_safe
def heads(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The heads of the last days and what attests them. accounts.rules.administer."""
    require(administer(request.user))
    context = {
        "heads": show_for_desk(heads_of(last_days(DAYS))),
        "has_authority": bool(settings.TIMESTAMP_URL),
    }
    return render(request, "portal/audit/desk_heads.html", context)


def _redirect_sealed(request: HttpRequest, _id: int, day: date) -> HttpResponse:
    messages.success(request, _("The seal is added; everybody sees it beside the head."))
    return redirect("audit:head", day)


@idempotent(_redirect_sealed)
@login_required
@require_http_methods(["GET", "POST"])
def seal(request: AuthenticatedHttpRequest, day: date) -> HttpResponse:
    """Add the sealed head file of a day. accounts.rules.administer, anchors.seals.accept."""
    require(administer(request.user))
    head = head_or_404(day)
    form = SealForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            content = form.cleaned_data["file"].read(seals.MOST_BYTES + 1)
            made = actions.seal_head(head, content, by=request.user)
            return _redirect_sealed(request, made.pk, day)
    context = {"form": form, "head": head}
    return render(request, "portal/audit/desk_seal.html", context, status=form.status)
