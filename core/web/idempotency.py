"""Idempotency keys: a form or a request that comes twice is carried out once.

A form that creates something carries a random key (``{% idempotency_key %}`` next to
``{% csrf_token %}``), a request to the API may carry one (``Idempotency-Key``). Its view is

    @idempotent(_posted)
    def speak(request, pk): … return _posted(request, made.pk, pk)

where ``_posted(request, object_id, *args, **kwargs)`` makes the answer from the created object's
id: for the first post, and again for every later one with the same key, without carrying it out
again or spending a limit.

The key's row and its lock are core.domain.idempotency_keys. A key is claimed and given back around
the view, in one thread, context and connection: under ASGI those of a middleware are others.
``claim_first(urlpatterns)`` puts the claim around all that decorates a form's view; requests to the
API are asked by core.api.idempotency. See docs/adr/0035-idempotency-keys.md.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import wraps
from hashlib import sha256
from inspect import iscoroutinefunction
from typing import Any, cast

from asgiref.sync import async_to_sync
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from core.domain.idempotency_keys import SALT, Claim, claim_key, digest, is_taken
from core.domain.rules import Refused, refuse

#: The hidden field of a form, and the header of a request to the API.
FIELD, HEADER = "idempotency_key", "Idempotency-Key"
#: The longest key that a program may choose.
LONGEST_KEY = 255
OTHER_BODY = refuse(
    "idempotency.other_body",
    _("This was sent before with something else in it. Nothing was done this time."),
)
GONE = refuse(
    "idempotency.gone",
    _("We received this before, and carried it out. What it created is not shown any more."),
)


type View = Callable[..., HttpResponseBase]
type Answer = Callable[..., HttpResponse]


# --- Keys -----------------------------------------------------------------------------------------


def new_key() -> str:
    """A random key for a form, signed: no other is taken from a page."""
    return signing.Signer(salt=SALT).sign(get_random_string(22))


def key_of_form(request: HttpRequest) -> str:
    """The key of a posted form; "" where it has none of ours."""
    try:
        return signing.Signer(salt=SALT).unsign(request.POST.get(FIELD, ""))
    except signing.BadSignature:
        return ""


def digest_of_form(request: HttpRequest) -> bytes:
    """An HMAC of what a form holds, without its tokens; of files, of their content."""
    fields = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in (FIELD, "csrfmiddlewaretoken")
    )
    files = sorted(
        (name, [[file.name, _digest_of_file(file)] for file in values])
        for name, values in request.FILES.lists()
    )
    return digest(json.dumps([fields, files]).encode())


def _digest_of_file(file: Any) -> str:
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def route_of(request: HttpRequest) -> str:
    """A path with its arguments, the same in both languages."""
    match = request.resolver_match
    if match is None:
        raise RuntimeError("A request that leads to no view has no route.")
    arguments = json.dumps([match.args, match.kwargs], default=str, sort_keys=True)
    return f"{match.view_name} {arguments}"


# --- Views ----------------------------------------------------------------------------------------


def idempotent(answer: Answer, *, in_place: bool = False) -> Callable[[View], View]:
    """A view whose form creates something: a second post with its key gets the first one's answer.

    ``answer(request, object_id, *args, **kwargs)`` makes it from the created object's id and the
    address's arguments; what it does not find any more (404) becomes a plain sentence.

    ``claim_first`` asks before the view and whatever decorates it, limits above all: a repeated
    post spends none. ``in_place``: asked where the decorator stands, inside those above it, which
    then hold for the repeated answer too (what asks for the password again).
    """

    def decorate(view: View) -> View:
        if in_place:
            return _once(view, answer)
        cast(Any, view).answers_again, cast(Any, view).claims_key = answer, False
        return view

    return decorate


def claim_first(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Put the claim around the ``@idempotent`` views of these routes and all that decorates them.

    The root URLconf calls it: what decorates a view stands in ``urls.py`` too.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            claim_first(pattern.url_patterns)
        elif not getattr(pattern.callback, "claims_key", True):
            view: Any = pattern.callback
            pattern.callback = cast(Any, _once(view, view.answers_again))


def _once(view: View, answer: Answer) -> View:
    """Claim, view and release in one call that is not async: what it does to the database, an async
    view's part too, is done by the thread that calls it."""
    run = cast(View, async_to_sync(cast(Any, view))) if iscoroutinefunction(view) else view

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with ExitStack() as claims:
                again = begin(request, claims, answer, args, kwargs)
                return run(request, *args, **kwargs) if again is None else again
        except IntegrityError as error:
            if not is_taken(error):
                raise
            with ExitStack() as claims:
                again = begin(request, claims, answer, args, kwargs)
            if again is None:
                raise
            return again

    cast(Any, once).answers_again, cast(Any, once).claims_key = answer, True
    return once


def begin(
    request: HttpRequest,
    claims: ExitStack,
    answer: Answer,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> HttpResponse | None:
    """Claim the key of a posted form until ``claims`` ends; its answer if it was carried out."""
    key = key_of_form(request) if request.method == "POST" else ""
    if not key:
        return None
    held = claim_key(
        *(request.user.pk, route_of(request), key, digest_of_form(request)),
        device=request.META.get("CSRF_COOKIE", ""),
    )
    claim = claims.enter_context(held)
    return None if claim.earlier is None else _again(request, claim, answer, args, kwargs)


def _again(
    request: HttpRequest,
    claim: Claim,
    answer: Answer,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> HttpResponse:
    earlier = claim.earlier
    if earlier is None or not hmac.compare_digest(earlier.body, claim.body):
        return _other_body(request)
    try:
        return answer(request, earlier.object_id, *args, **kwargs)
    except (Http404, ObjectDoesNotExist, Refused):
        template = "idempotency/gone.html" + ("#notice" if getattr(request, "htmx", False) else "")
        return render(request, template, {"verdict": GONE})


def _other_body(request: HttpRequest) -> HttpResponse:
    """The refusal, with all that was typed and a new key: one press sends it after all."""
    context = {
        "verdict": OTHER_BODY,
        "action": request.get_full_path(),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in (FIELD, "csrfmiddlewaretoken")
            for value in values
        ],
        "has_files": bool(request.FILES),
    }
    template = "idempotency/other_body.html" + ("#form" if getattr(request, "htmx", False) else "")
    return render(request, template, context, status=422)
