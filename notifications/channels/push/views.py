"""The page of one's browsers that are told; what is pushed is shown by static/js/sw.js."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import limits
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from core.web.forms import RefusableForm, posted_data
from notifications.channels.push import actions, keys
from notifications.models import PushSubscription


class SubscriptionForm(RefusableForm):
    """Filled in by static/js/push.js from what the browser gives; judged by rules.subscribe."""

    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=90, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=24, widget=forms.HiddenInput)


def require_on() -> None:
    """404 where the installation has no key for web push."""
    if not keys.is_on():
        raise Http404


@login_required
@require_http_methods(["GET", "POST"])
@per_person(limits.MANAGE)
def push(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own browsers; POST adds the one that sends it, or says that it is of this session now.
    rules.subscribe."""
    require_on()
    own = PushSubscription.objects.filter(user=request.user)
    session_key = request.session.session_key or ""
    form = SubscriptionForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            is_told = own.filter(endpoint=form.cleaned_data["endpoint"]).exists()
            actions.subscribe(request.user, **form.cleaned_data, session_key=session_key)
            if not is_told:
                messages.success(request, _("This browser will tell you what is new."))
            return redirect("channels:push")
    context = {
        "form": form,
        "public_key": keys.public_key(),
        "subscriptions": own.order_by("-pk"),
        "session_hash": actions.hash_of(session_key),
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
