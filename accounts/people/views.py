"""Views of one's own profile, and of the documents that everybody agrees to."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.adapter import first_page
from accounts.allauth_compat import answer_as_if_signed_up
from accounts.http import AuthenticatedHttpRequest
from accounts.people import actions
from accounts.people.documents import IN_FORCE, Document
from accounts.people.forms import AgreeForm, ProfileForm, SignUpForm
from core.domain.rules import Refused


class SignUp(SignupView):
    """allauth's, but for two sign-ups with one address at the same moment: the later one stays."""

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:  # this one gave way (actions.sign_up) before its mail was written
            return answer_as_if_signed_up(self.request, form.cleaned_data["email"])


@login_required
def profile(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Names, what others see, the language of mails. Back to ``next``, for which one came here."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(request.user, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        wanted = request.GET.get("next", "")
        return redirect(wanted if get_adapter(request).is_safe_url(wanted) else "account_profile")
    return render(request, "accounts/profile.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def agree(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Agree to documents that have changed. Anybody signed in, after signing in."""
    wanted = request.GET.get("next", "")
    is_safe = get_adapter(request).is_safe_url(wanted)
    onward = wanted if is_safe else first_page(request.user)
    form = AgreeForm(request.POST or None, initial=IN_FORCE)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(request.user, agreed=form.versions())
        except Refused as refusal:
            # Another version came into force while this page was open: it is shown now.
            form = AgreeForm({**IN_FORCE})
            form.add_error(None, str(refusal.verdict.message))
        else:
            return redirect(onward)
    context = {"form": form, "onward": onward}
    return render(request, "accounts/agree.html", context, status=422 if form.errors else 200)


@require_safe
def document(request: HttpRequest, document: Document) -> HttpResponse:
    """A text of the site, the same for everybody."""
    return render(request, document.template, {"document": document})
