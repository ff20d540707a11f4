"""The product's addresses; three views that do nothing but answer, the floors of its server; and
one that tells of the memory of its process."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections import Counter
from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as product


@cache
def _body(size: int) -> bytes:
    return b"x" * size


def bare(request: HttpRequest, size: int) -> HttpResponse:
    """An answer of ``size`` bytes, behind the same middleware as every page."""
    return HttpResponse(_body(size))


@login_required
@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """What whoever sends a form pays before anything is done: session, user, CSRF, middleware."""
    return HttpResponseRedirect("/")


@require_POST
def nothing(request: HttpRequest) -> HttpResponse:
    """The same without a session: parsing the form, CSRF, middleware."""
    return HttpResponseRedirect("/")


class _Mallinfo2(ctypes.Structure):
    """What glibc's allocator says of itself (mallinfo2(3))."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
            *("uordblks", "fordblks", "keepcost"),
        )
    ]


def memory(request: HttpRequest) -> JsonResponse:
    """What lives in this process, and what its allocators hold of it (benchmarks/memory.py)."""
    gc.collect()
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Mallinfo2
    told = ask()
    kinds = map(type, gc.get_objects())
    types = Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in kinds)
    return JsonResponse(
        {
            "blocks": sys.getallocatedblocks(),
            "used": told.uordblks + told.hblkhd,
            "free": told.fordblks,
            "types": dict(types.most_common(200)),
        }
    )


urlpatterns = [
    path("memory/", memory),
    path("bare/<int:size>/", bare),
    path("empty/", empty),
    path("nothing/", nothing),
    *product,
]
