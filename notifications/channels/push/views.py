"""The page of one's browsers that are told, and the worker that shows what is pushed."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from core.web.forms import posted
from notifications.channels.push import actions, keys
from notifications.channels.push.forms import SubscriptionForm
from notifications.models import PushSubscription

_WORKER = "js/push-worker.js"


def require_on() -> None:
    """404 where the installation has no key for web push."""
    if not keys.is_on():
        raise Http404


@login_required
@require_http_methods(["GET", "POST"])
@per_person(limits.MANAGE)
def push(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own browsers; POST adds the one that sends it. rules.subscribe."""
    require_on()
    form = SubscriptionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.subscribe(request.user, **form.cleaned_data)
            messages.success(request, _("This browser will tell you what is new."))
            return redirect("channels:push")
    context = {
        "form": form,
        "public_key": keys.public_key(),
        "subscriptions": PushSubscription.objects.filter(user=request.user).order_by("-pk"),
    }
    return render(request, "notifications/push.html", context, status=form.status)


@login_required
@require_POST
@per_person(limits.MANAGE)
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Tell a browser nothing more. Whose it is."""
    actions.unsubscribe(get_object_or_404(PushSubscription, pk=pk, user=request.user))
    messages.success(request, _("This browser is told nothing more."))
    return redirect("channels:push")


@require_safe
@cache_control(no_cache=True, public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root, so that it may speak for the whole site. Anybody."""
    require_on()
    response = HttpResponse(_read_worker(), content_type="text/javascript; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _read_worker() -> bytes:
    path = finders.find(_WORKER)
    if path is None:
        raise FileNotFoundError(_WORKER)
    return Path(path).read_bytes()
