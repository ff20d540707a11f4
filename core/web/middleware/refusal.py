"""Middleware: show a rule's refusal that no view has caught as a page, to scripts as JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.domain.rules import Refused
from core.web import limits
from core.web.requests import wants_data


class RefusalPage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        verdict = exception.verdict
        if verdict.code == limits.CODE:
            page = render(request, "429.html", {"verdict": verdict}, status=429)
            page.headers["Retry-After"] = str(verdict.params["retry_after"])
            return page
        if wants_data(request):
            told = {"code": verdict.code, "detail": str(verdict.message)}
            return JsonResponse(told, status=403)
        return render(request, "403.html", {"verdict": verdict}, status=403)
