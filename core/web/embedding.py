"""Pages that other sites may show in a frame: they read no session and set no cookie.

Whose frame may hold them says EMBED_ORIGINS; all other pages refuse every frame.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.web.pages import without_reader

View = Callable[..., HttpResponse]
#: What a view is told besides a stranger's request: of an answer that a cache keeps, nothing of who
#: asks.
_OF_CACHES = ("HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING")


def embeddable(view: View) -> View:
    """Let a view be shown in frames, as a stranger sees it, whoever asks.

    X-Frame-Options, which knows no list of origins, is left out: every browser that has sockets
    goes by frame-ancestors.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stranger = without_reader(request)
        stranger.META |= {name: request.META[name] for name in _OF_CACHES if name in request.META}
        response = view(stranger, *args, **kwargs)
        response.cookies.clear()
        response._csp_config = {  # type: ignore[attr-defined]  # as django.views.decorators.csp
            **settings.SECURE_CSP,
            "frame-ancestors": _list_origins(),
        }
        return response

    return xframe_options_exempt(require_safe(wrapper))


def _list_origins() -> list[str]:
    """Origins whose pages may hold a frame; ours too, where an editor sees how it looks."""
    origins: list[str] = settings.EMBED_ORIGINS
    return origins if "*" in origins else [*origins, CSP.SELF]
