"""Middleware: the id of a request, in its log lines and in its answer, to report faults by."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.web import client_ip, log_context

HEADER = "X-Request-ID"


class RequestId:
    """Outermost: what stands below is marked. Only a trusted proxy may name a request itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = request.headers.get(HEADER, "")
        if named and not client_ip.comes_from_proxy(request):
            named = ""
        request_id = log_context.begin_request(request, named=named)
        response = self.get_response(request)
        if request_id:
            response.headers[HEADER] = request_id
        return response
