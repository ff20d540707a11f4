"""One's own account, and the documents that everybody agrees to."""

from __future__ import annotations

from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.views import SignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.documents import Document
from accounts.forms import ProfileForm, SignUpForm


class SignUp(SignupView):
    """allauth's, but for two sign-ups with one address at the same moment: the later one stays."""

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:  # this one gave way (actions.sign_up) before its mail was written
            return prevent_enumeration(self.request, email=form.cleaned_data["email"])


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Names, what others see, the language of mails."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(request.user, fields=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_safe
def document(request: HttpRequest, document: Document) -> HttpResponse:
    """A text of the site, the same for everybody."""
    return render(request, document.template, {"document": document})
