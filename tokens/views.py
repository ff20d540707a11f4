"""Views of one's own tokens: list, make, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.security.proofs import freshly_authenticated
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from tokens import actions
from tokens.forms import TokenForm
from tokens.models import Token


@login_required
@require_safe
def token_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The tokens in force. Anybody signed in, their own alone."""
    tokens = Token.objects.in_force().filter(user=request.user).order_by("-created_at", "-pk")
    return render(request, "tokens/token_list.html", {"tokens": tokens})


def _token_answer(request: HttpRequest, token_id: int) -> HttpResponse:
    """The token's text once more: it is made from the form's own key, and kept nowhere."""
    token = get_object_or_404(Token.objects.in_force(), pk=token_id, user=request.user)
    plain = actions.text_of_form()
    if actions.digest_of(plain) != token.digest:
        raise Http404
    return _show_token(request, token, plain)


def _show_token(request: HttpRequest, token: Token, plain: str) -> HttpResponse:
    return render(request, "tokens/token_made.html", {"token": token, "plain": plain}, status=201)


@freshly_authenticated
@idempotent(_token_answer, in_place=True)
@require_http_methods(["GET", "POST"])
@per_person(limits.MANAGE)
def token_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Make a token; the answer is the only page that ever shows it. rules.create.

    A program may lead its person here with what it needs: ``?name=Reader&scope=me:read``. It is
    filled in, and nothing more: they read it, and send it or not.
    """
    asked = {"name": request.GET.get("name", ""), "scopes": request.GET.getlist("scope")}
    works_for_council = bool(request.user.grants_in_force)
    form = TokenForm(posted_data(request), initial=asked, works_for_council=works_for_council)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            token, plain = actions.create(request.user, **form.cleaned_data)
            return _show_token(request, token, plain)
    return render(request, "tokens/token_new.html", {"form": form}, status=form.status)


@login_required
@require_POST
@per_person(limits.MANAGE)
def token_revoke(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End a token at once. rules.revoke."""
    token = get_object_or_404(Token.objects.in_force(), pk=pk, user=request.user)
    actions.revoke(token, by=request.user)
    messages.success(request, _("Revoked. The program can do nothing more in your name."))
    return redirect("tokens:list")
