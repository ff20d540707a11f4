"""Adapter of allauth's social accounts. Every way through them ends here.

Providers are for two things alone: to check who somebody is, which connects the identity with the
account in which they are signed in; and to sign in with an identity that is connected. Nobody signs
up by a provider, and an e-mail address that a provider names leads to nobody's account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts.adapter import first_page
from accounts.allauth_compat import record_social_authentication, sign_in
from accounts.identity import actions, names
from accounts.identity.asking import Session
from accounts.identity.facts import CheckedLogin
from accounts.identity.idgov.provider import NoCode
from accounts.residence import vouched
from core.domain.rules import Refused, Verdict, refuse

FAILED = refuse(
    "identity.provider_failed",
    _("The service does not answer as it should. Nothing has changed; please try again later."),
)
CANCELLED = refuse("identity.cancelled", _("You have stopped half-way. Nothing has changed."))
STALE = refuse(
    "identity.stale",
    _("This step was begun too long ago, or in another browser. Please begin again."),
)
NO_CODE = refuse(
    "identity.no_code",
    _(
        "The service told us no valid РНОКПП, by which one person is told from another. An office "
        "of the city can confirm who you are by a document."
    ),
)
NOT_CONNECTED = refuse(
    "identity.not_connected",
    _(
        "No account here is connected with this identity. Sign in by e-mail, or sign up, and then "
        "confirm who you are: from then on you can sign in this way."
    ),
)


class SocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: Any = None
    ) -> list[SocialApp]:
        """Those of the settings alone: no row of a table can add one."""
        apps = [SocialApp(**fields) for fields in settings.IDENTITY_PROVIDERS]
        return [
            app
            for app in apps
            if provider in (None, app.provider, app.provider_id)
            and client_id in (None, app.client_id)
        ]

    def get_requests_session(self) -> Session:
        return Session()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The person is back from the provider, and it has said who they are."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(self._connected(request, sociallogin))
        raise ImmediateHttpResponse(self._signed_in(request, sociallogin))

    def _connected(self, request: HttpRequest, login: SocialLogin) -> HttpResponse:
        """Record the check and lead them back to what they were doing."""
        if not isinstance(login, CheckedLogin):
            raise TypeError("The provider is none of ours: it tells no facts.")
        began = login.state.get("data") or {}
        if not request.user.is_authenticated or began.get("user") != request.user.pk:
            return trouble(request, STALE)
        facts = login.facts
        try:
            actions.connect(
                request.user,
                provider=login.account.provider,
                uid=login.account.uid,
                level=facts.level,
                person_code=facts.person_code,
                organisation_code=facts.organisation_code,
                organisation_name=facts.organisation_name,
                age_over=facts.age_over,
                lives_here=facts.lives_here,
            )
        except Refused as refusal:
            return trouble(request, refusal.verdict)
        onward = login.state.get("next") or ""
        if facts.lives_here:
            onward = vouched.lead_on(request, request.user, there=onward)
        return names.offer(request, request.user, facts, onward=onward)

    def _signed_in(self, request: HttpRequest, login: SocialLogin) -> HttpResponse:
        onward = login.state.get("next") or None
        if request.user.is_authenticated:
            return redirect(onward or first_page(request.user))
        if not login.is_existing or login.user is None:
            return trouble(request, NOT_CONNECTED)
        record_social_authentication(request, login)
        # Without the login itself: where a second factor follows, it would wait in the session
        # together with all that the provider has told.
        return sign_in(request, Login(user=login.user, redirect_url=onward))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        verdict = FAILED
        if isinstance(exception, NoCode):
            verdict = NO_CODE
        elif error == AuthError.CANCELLED:
            verdict = CANCELLED
        elif exception is None and "state" not in (extra_context or {}):
            verdict = STALE
        raise ImmediateHttpResponse(trouble(request, verdict))


def trouble(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page that says why it came to nothing, and what to do."""
    status = 502 if verdict is FAILED else 403
    return render(request, "accounts/identity/trouble.html", {"verdict": verdict}, status=status)
