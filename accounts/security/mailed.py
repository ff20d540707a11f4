"""A code to one's own address, to prove once more that it is you."""

from __future__ import annotations

import time
from hashlib import sha256
from secrets import compare_digest
from typing import Any

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
    """Send a code; those that were sent before work on for their term. Over the limit of mails:
    Refused."""
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/confirmation_code", request.user.email, {"code": code})
    before = request.session[_IN_SESSION] if is_sent(request) else {}
    until = time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    request.session[_IN_SESSION] = {
        "codes": [*_working(before), (_digest(request, code), until)],
        "tries": _TRIES,
    }


def is_sent(request: HttpRequest) -> bool:
    """Whether a code that still works is on its way."""
    waiting = request.session.get(_IN_SESSION)
    return waiting is not None and bool(_working(waiting)) and waiting["tries"] > 0


def check(request: AuthenticatedHttpRequest, code: str) -> Verdict:
    """Is it this session's code? It works once, for some minutes and some tries."""
    if not is_sent(request):
        return WRONG_CODE
    waiting = request.session[_IN_SESSION]
    waiting["tries"] -= 1
    request.session.modified = True
    given = _digest(request, code)
    if not any(compare_digest(digest, given) for digest, _until in _working(waiting)):
        return WRONG_CODE
    del request.session[_IN_SESSION]
    return ALLOWED


def _working(waiting: dict[str, Any]) -> list[tuple[str, float]]:
    """The digests of the codes that are in their term, and until when each works."""
    now = time.time()
    return [(digest, until) for digest, until in waiting.get("codes", ()) if until > now]


def _digest(request: AuthenticatedHttpRequest, code: str) -> str:
    """Bound to the person and their address: after a change of either it is nobody's code."""
    who = f"{request.user.pk}|{request.user.email}|{settings.SECRET_KEY}"
    return sha256(f"{who}|{normalize_code(code)}".encode()).hexdigest()
