"""A page that everybody may share: rendered once, validated by one read of its topics' ``seq``.

For a request without a session the answer is kept in the process, compressed too, for as long as
the topics' counters stand where they stood and at most a second (figures that raise no ``seq`` –
support, days left – are never older than that). The counters are read before the view runs, so a
page can only be newer than it says. The answer carries an ETag and lets a proxy keep it a second,
so a storm costs one render a second; what a moderator hid is gone at the next request.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from core import council
from core.topics import seqs_of

#: Bytes of pages that a process keeps.
MOST_BYTES = 32 * 2**20
#: About what a page takes beside its body and its address: its headers and counters.
_BESIDE = 3000

View = Callable[..., HttpResponse]


@dataclass(slots=True)
class _Page:
    weight: int
    seqs: dict[str, int]
    made: float
    etag: str
    body: bytes
    headers: dict[str, str]
    _packed: bytes = b""

    def is_true_of(self, seqs: dict[str, int]) -> bool:
        """Whether it may still be sent while the topics stand at ``seqs``."""
        age = monotonic() - self.made
        return self.seqs == seqs and age < settings.SHARED_PAGE_SECONDS

    def packed(self) -> bytes:
        """The body compressed, once, for the first browser that takes it so."""
        if not self._packed:
            self._packed = gzip.compress(self.body, compresslevel=5, mtime=0)
        return self._packed


_pages: OrderedDict[tuple[Any, ...], _Page] = OrderedDict()
_weights = [0]
_lock = Lock()


def shared_page(topics: Callable[..., Iterable[str]]) -> Callable[[View], View]:
    """Share a view's GET answers among all who have no session.

    ``topics(*args, **kwargs)`` gets the view's URL arguments and names the topics whose change
    makes the page another one; that of the council's own data is always among them. The view must
    not set cookies or read anything of the request but its path, query and headers named in Vary;
    with a session or a token it is simply called.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (
                request.method not in ("GET", "HEAD")
                or settings.SESSION_COOKIE_NAME in request.COOKIES
                or "Authorization" in request.headers
            ):
                return view(request, *args, **kwargs)
            seqs = seqs_of({*topics(*args, **kwargs), council.TOPIC})
            council.note_seq(seqs.get(council.TOPIC, 0))
            key = (request.get_full_path(), request.headers.get("HX-Request") == "true")
            page = _pages.get(key)
            if page is None or not page.is_true_of(seqs):
                response = view(request, *args, **kwargs)
                if not _is_for_all(request, response):
                    return response
                page = _keep(key, seqs, response)
            return _answer(request, page)

        return shared

    return decorate


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may be kept: it is whole, and holds nobody's cookie or token of a form."""
    has_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META
    whole = response.status_code == 200 and not response.streaming
    return whole and not response.cookies and not has_token


def _keep(key: tuple[Any, ...], seqs: dict[str, int], response: HttpResponse) -> _Page:
    """Keep a page, and let go of those that were made longest ago when there are too many.

    Whoever asks with ever new queries, each kept as a page, must not fill the memory: so an address
    and what stands beside a body weigh too, and a body a third more, for its compressed copy.
    """
    body = response.content
    page = _Page(
        weight=len(body) * 4 // 3 + len(key[0]) + _BESIDE,
        seqs=seqs,
        made=monotonic(),
        etag=f'W/"{blake2b(body, digest_size=12).hexdigest()}"',
        body=body,
        headers=dict(response.headers),
    )
    with _lock:
        before = _pages.pop(key, None)
        _pages[key] = page
        _weights[0] += page.weight - (before.weight if before else 0)
        while _weights[0] > MOST_BYTES and len(_pages) > 1:
            _key, oldest = _pages.popitem(last=False)
            _weights[0] -= oldest.weight
    return page


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    seen = request.headers.get("If-None-Match", "")
    if page.etag in seen.split(", "):
        # What a cache keeps of the page is told anew by this: Vary among it.
        response: HttpResponse = HttpResponseNotModified(headers=page.headers)
    else:
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(page.packed() if packed else page.body, headers=page.headers)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=1"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
    return response


def forget_pages() -> None:
    """Drop every kept page of this process (tests start from none)."""
    with _lock:
        _pages.clear()
        _weights[0] = 0
