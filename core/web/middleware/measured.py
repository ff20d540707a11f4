"""Middleware: measure times of answers and serve /metrics, where metrics are on."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from core.web import log_context, metrics

PATH = "/metrics"


class Measured:
    """Stands before whatever checks the host: a monitor asks each machine by its own address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            return metrics.answer(request)
        if log_context.is_silent():
            return self.get_response(request)
        began = perf_counter()
        response = self.get_response(request)
        metrics.observe(request, response, perf_counter() - began)
        return response
