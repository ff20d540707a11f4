"""Appeals that a session may read because its person gave number and secret.

The session holds the ids, each with the time until which it opens the appeal and a digest of the
secret that opened it: a secret that was replaced opens nothing any more. Its key changes whenever
one is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Anybody, User
from appeals.models import Appeal
from core.domain import clock

_KEY = "appeals"
#: How long one look lasts.
OPEN_FOR = timedelta(hours=2)
_MOST = 10


@dataclass(frozen=True, slots=True)
class OwnAppeal:
    """An appeal for its applicant."""

    appeal: Appeal
    now: datetime
    #: They came by number and secret, not by the account that filed it.
    holds_secret: bool


def remember(request: HttpRequest, appeal: Appeal, now: datetime) -> None:
    """Let this session read the appeal for some hours, under a new key."""
    until = (now + OPEN_FOR).timestamp()
    opened = _opened_context(request)
    opened[str(appeal.pk)] = [until, _mark(appeal)]
    if request.session.session_key is not None:
        request.session.cycle_key()
    request.session[_KEY] = dict(sorted(opened.items(), key=lambda each: each[1][0])[-_MOST:])


def forget(request: HttpRequest) -> None:
    """Let this session read nothing any more.

    Of who is not signed in all that the device knows ends: words of the appeal may wait in forms
    that were begun with them, and with a new token no form that was sent can be sent once more.
    """
    if not request.user.is_authenticated:
        request.session.flush()
        rotate_token(request)
    elif request.session.pop(_KEY, None) is not None:
        request.session.cycle_key()


def load_own(request: HttpRequest, pk: int) -> OwnAppeal:
    """The appeal, for its author or by the session's secret; 404 for everybody else, staff too:
    they read it on the desk, where each reading is told to the applicant."""
    appeal, now = _load(pk), clock.now()
    if _is_author(request.user, appeal):
        return OwnAppeal(appeal, now, holds_secret=False)
    if holds_secret(request, appeal, now):
        return OwnAppeal(appeal, now, holds_secret=True)
    raise Http404


def load_authored(user: User, pk: int) -> OwnAppeal:
    """The appeal for the account that filed it; 404 for everybody else."""
    appeal = _load(pk)
    if not _is_author(user, appeal):
        raise Http404
    return OwnAppeal(appeal, clock.now(), holds_secret=False)


def _load(pk: int) -> Appeal:
    rows = Appeal.objects.select_related(
        "department", "theme", "district", "street", "organisation"
    ).defer("search", "digest")
    return get_object_or_404(rows, pk=pk)


def _is_author(user: Anybody, appeal: Appeal) -> bool:
    return appeal.author_id is not None and appeal.author_id == user.pk


def holds_secret(request: HttpRequest, appeal: Appeal, now: datetime) -> bool:
    """Whether this session was opened by the appeal's present secret, and not too long ago."""
    until, mark = _opened_context(request).get(str(appeal.pk), (0, ""))
    if not appeal.secret_hash or until <= now.timestamp():
        return False
    return constant_time_compare(mark, _mark(appeal))


def _opened_context(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(_KEY) or {})


def _mark(appeal: Appeal) -> str:
    stored = bytes(appeal.secret_hash or b"").hex()
    return salted_hmac("appeals.session", stored, algorithm="sha256").hexdigest()[:32]
