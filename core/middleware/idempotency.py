"""A form that was carried out is answered again before its view, and before every limit of it.

The innermost middleware: who it is, and that the form came from here (CSRF), is known by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from core.idempotency import begin, is_taken


class IdempotentForms:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as claims:
            cast(Any, request).idempotency_claims = claims
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        answer = getattr(view, "answers_again", None)
        if answer is None or getattr(view, "answers_in_place", False):
            return None
        return begin(request, cast(Any, request).idempotency_claims, answer, args, kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        answer = getattr(match.func, "answers_again", None) if match else None
        if not is_taken(exception) or answer is None or match is None:
            return None
        with ExitStack() as claims:
            return begin(request, claims, answer, match.args, match.kwargs)
