"""A code to one's own address, to prove once more that it is you."""

from __future__ import annotations

import time
from hashlib import sha256
from secrets import compare_digest

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

from accounts.allauth_compat import normalize_code
from accounts.http import AuthenticatedHttpRequest
from accounts.security.rules import WRONG_CODE
from core.domain.rules import ALLOWED, Verdict

_IN_SESSION = "account_mailed_code"
_TRIES = 5


def send(request: AuthenticatedHttpRequest) -> None:
    """Send a new code; the one before does not work any more. Over the limit of mails: Refused."""
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/confirmation_code", request.user.email, {"code": code})
    request.session[_IN_SESSION] = {
        "digest": _digest(request, code),
        "until": time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        "tries": _TRIES,
    }


def is_sent(request: HttpRequest) -> bool:
    """Whether a code that still works is on its way."""
    waiting = request.session.get(_IN_SESSION)
    return waiting is not None and waiting["until"] > time.time() and waiting["tries"] > 0


def check(request: AuthenticatedHttpRequest, code: str) -> Verdict:
    """Is it this session's code? It works once, for some minutes and some tries."""
    if not is_sent(request):
        return WRONG_CODE
    waiting = request.session[_IN_SESSION]
    waiting["tries"] -= 1
    request.session.modified = True
    if not compare_digest(waiting["digest"], _digest(request, code)):
        return WRONG_CODE
    del request.session[_IN_SESSION]
    return ALLOWED


def _digest(request: AuthenticatedHttpRequest, code: str) -> str:
    """Bound to the person and their address: after a change of either it is nobody's code."""
    who = f"{request.user.pk}|{request.user.email}|{settings.SECRET_KEY}"
    return sha256(f"{who}|{normalize_code(code)}".encode()).hexdigest()
