"""Shared pages: rendered once for everybody, validated by one read of their topics' ``seq``.

A page is drawn as for a stranger: its view gets a request without cookies, session and user. It is
kept in the process, compressed too, for as long as the topics' counters stand where they stood and
at most a second (figures that raise no ``seq`` – support, days left – are never older than that).
The counters are read before the view runs, so a page can only be newer than it says; what a
moderator hid is gone at the next request. A reader without a session gets the kept page as it is,
with an ETag, and a proxy may keep it a second. A reader who is signed in gets the same page with
its personal parts (core.web.personal_parts) drawn for them, and ``no-store``.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from time import monotonic
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from core.domain import council
from core.domain.topics import seqs_of
from core.web.personal_parts import Place, PlacesOfPage, fill
from core.web.render_cache import RenderCache

#: Bytes of pages that a process keeps.
MOST_BYTES = 32 * 2**20
#: About what a page takes beside its body and its address, and each of its personal parts: its
#: headers and counters; its place and arguments.
_BESIDE, _OF_PLACE = 3000, 1000
#: What a shared view may know of a request, beside its address: nothing of who asks.
_KNOWN = frozenset({
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_HX_REQUEST"),
})  # fmt: skip

View = Callable[..., HttpResponse]


@dataclass(slots=True)
class _Page:
    seqs: dict[str, int]
    made: float
    etag: str
    body: bytes
    places: tuple[Place, ...]
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


_pages: RenderCache[tuple[str, bool], _Page] = RenderCache(MOST_BYTES)


def shared_page(
    topics: Callable[..., Iterable[str]], *, signed_in: bool = True
) -> Callable[[View], View]:
    """Share a view's GET answers among all readers.

    ``topics(*args, **kwargs)`` gets the view's URL arguments and names the topics whose change
    makes the page another one; that of the council's own data is always among them. The view gets
    a stranger's request: it reads nothing of it but its path, query and headers named in Vary. What
    is personal on the page are personal parts.

    The view itself answers a request with a token, and where a stranger gets no whole page for all
    (404 of what only staff see; a page with a cookie or the token of a form). ``signed_in=False``:
    it answers every request with a session, and reads of the others what it likes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
            if (
                request.method not in ("GET", "HEAD")
                or "Authorization" in request.headers
                or (has_session and not signed_in)
            ):
                return view(request, *args, **kwargs)
            key = (request.get_full_path(), request.headers.get("HX-Request") == "true")
            page = _pages.get(key)
            needs_reader = has_session and (page is None or bool(page.places))
            seqs = _seqs(request if needs_reader else None, topics(*args, **kwargs))
            if page is None or not page.is_true_of(seqs):
                drawing, places = _for_everybody(request) if signed_in else (request, None)
                try:
                    response = view(drawing, *args, **kwargs)
                except Http404:
                    if not has_session:
                        raise
                    return view(request, *args, **kwargs)  # who may see more than strangers do
                if not _is_for_all(drawing, response):
                    return view(request, *args, **kwargs) if places else response
                page = _keep(key, seqs, response, places)
            return _answer_reader(request, page) if has_session else _answer(request, page)

        return wrapper

    return decorate


def _seqs(reader: HttpRequest | None, topics: Iterable[str]) -> dict[str, int]:
    """Numbers of the topics: one query. A reader's session is read in the same one, where its store
    can do that (accounts.security.store).
    """
    read = getattr(getattr(reader, "session", None), "load_with_seqs", seqs_of)
    seqs = cast(dict[str, int], read({*topics, council.TOPIC}))
    council.note_seq(seqs.get(council.TOPIC, 0))
    return seqs


def _for_everybody(request: HttpRequest) -> tuple[HttpRequest, PlacesOfPage]:
    """A request to draw a page by that everybody gets, and where its personal parts are noted."""
    stranger = without_reader(request)
    drawing = copy(stranger)
    places = PlacesOfPage(stranger)
    drawing.places = places  # type: ignore[attr-defined]  # core.web.personal_parts reads it
    return drawing, places


def without_reader(request: HttpRequest) -> HttpRequest:
    """The request as a stranger would send it: without cookies, session, user and messages."""
    stranger = copy(request)
    stranger.method = "GET"
    stranger.META = {name: each for name, each in request.META.items() if name in _KNOWN}
    stranger.__dict__.pop("headers", None)  # read from META, once
    stranger.COOKIES = {}
    stranger.user = AnonymousUser()
    for name in ("session", "_messages", "_cached_user"):
        stranger.__dict__.pop(name, None)
    return stranger


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may be kept: it is whole, and holds nobody's cookie or token of a form."""
    has_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META
    whole = response.status_code == 200 and not response.streaming
    return whole and not response.cookies and not has_token


def _keep(
    key: tuple[str, bool],
    seqs: dict[str, int],
    response: HttpResponse,
    noted: PlacesOfPage | None,
) -> _Page:
    """Keep a page.

    Whoever asks with ever new queries, each kept as a page, must not fill the memory: so an address
    and what stands beside a body weigh too, and a body a third more, for its compressed copy.
    """
    body, places = noted.take_from(response.content) if noted else (response.content, ())
    page = _Page(
        seqs=seqs,
        made=monotonic(),
        etag=f'W/"{blake2b(body, digest_size=12).hexdigest()}"',
        body=body,
        places=places,
        headers=dict(response.headers),
    )
    weight = len(body) * 4 // 3 + len(key[0]) + _BESIDE + _OF_PLACE * len(places)
    return _pages.keep(key, page, weight)


def _answer_reader(request: HttpRequest, page: _Page) -> HttpResponse:
    """The page of somebody with a session, which middleware.cache_control forbids to keep."""
    if not page.places:
        return _page_response(request, page)
    return HttpResponse(fill(page.body, page.places, request), headers=page.headers)


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    """The page of somebody without a session, which a proxy may keep for a second."""
    seen = request.headers.get("If-None-Match", "")
    if page.etag in seen.split(", "):
        # What a cache keeps of the page is told anew by this: Vary among it.
        response: HttpResponse = HttpResponseNotModified(headers=page.headers)
    else:
        response = _page_response(request, page)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=1"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
    return response


def _page_response(request: HttpRequest, page: _Page) -> HttpResponse:
    """The page as it is kept, compressed for whoever takes it so."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.packed() if packed else page.body, headers=page.headers)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding",))
    response.headers["Content-Length"] = str(len(response.content))
    return response


def forget_pages() -> None:
    """Drop every kept page of this process (tests start from none)."""
    _pages.clear()
