"""Authentication of programs by ``Authorization: Bearer viche_…``, and by nothing else.

A token in an address or a body is no token: addresses are logged. Other schemes are left to
whoever they are meant for (a proxy's own password).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NoReturn

from django.db.models import DateField
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.limits import Limit
from accounts.models import User
from accounts.rules import SUSPENDED
from core.domain.clock import Now
from core.domain.rules import require
from core.web.client_ip import client_groups
from tokens.actions import PREFIX, digest_of
from tokens.models import Token

#: Tokens that are none, from one client address.
WRONG = Limit("wrong-token", 60, timedelta(minutes=1))
_LONGEST = 200


class BearerToken(BaseAuthentication):
    """401 for a token that is none, revoked, expired or of somebody suspended; codes ``token.…``
    and ``account.suspended``. ``request.auth`` is the Token, ``request.user`` its owner without
    whatever they may do for the council."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _space, plain = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = _find_token(plain.strip())
        if token is None:
            require(WRONG.spend_client(client_groups(request._request)))
            _fail("token.invalid", _("This token is not known."))
        if token.revoked_at is not None:
            _fail("token.revoked", _("This token was revoked."))
        now = token.__dict__["now"]
        if token.expires_at <= now:
            _fail("token.expired", _("This token has expired."))
        if not token.user.is_active:
            _fail(SUSPENDED.code, SUSPENDED.message)
        if token.used_on != token.__dict__["today"]:
            Token.objects.filter(pk=token.pk).update(used_on=token.__dict__["today"])
        # The council's work is done by people who have just shown their second factor.
        token.user.second_factored = False
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _find_token(plain: str) -> Token | None:
    if not plain.startswith(PREFIX) or len(plain) > _LONGEST:
        return None
    tokens = Token.objects.select_related("user").annotate(
        now=Now(), today=TruncDate(Now(), output_field=DateField())
    )
    return tokens.filter(digest=digest_of(plain)).first()


def _fail(code: str, message: Any) -> NoReturn:
    raise AuthenticationFailed(message, code=code)


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """Description of the tokens in the API's document."""

    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "viche_…",
            "description": str(_("A token made at /account/apps/, with the scopes chosen there.")),
        }
