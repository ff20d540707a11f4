"""The site as an app of a device: manifest, service worker, the page without a connection."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.domain.council import council, local_council
from core.web.pages import shared_page

_WORKER = "js/sw.js"
#: What the page without a connection and drafts' texts are drawn with (templates/base_plain.html).
_SHELL = (
    *(
        "govuk/govuk-frontend.min.css",
        "css/tokens.css",
        "css/type.css",
        "css/frame.css",
        "css/layout.css",
    ),
    *("css/components.css", "css/text.css", "js/theme.js", "js/offline.js", "img/favicon.svg"),
)
#: The page's ground and the icons: name, edges in pixels, purpose.
_GROUND = "#faf7f2"
_ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("icon-maskable-512.png", 512, "maskable"),
)


def _council_alone(**_arguments: object) -> list[str]:
    """They change with the code and with the council's own data alone."""
    return []


@require_safe
@shared_page(_council_alone)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest, in the language of its address. Anybody."""
    city = local_council()
    told = {
        "id": "/",
        "name": f"{_('Viche')} – {city.council}",
        "short_name": _("Viche"),
        "description": _("Draft decisions, petitions and polls of the council: have your say."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": _GROUND,
        "theme_color": city.brand,
        "categories": ["government"],
        "icons": [
            {
                "src": static(f"img/icons/{name}"),
                "sizes": f"{edge}x{edge}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, edge, purpose in _ICONS
        ],
    }
    body = json.dumps(told, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/manifest+json; charset=utf-8")


@require_safe
@shared_page(_council_alone)
def offline(request: HttpRequest) -> HttpResponse:
    """Text of a page that cannot be loaded, in both languages. Anybody."""
    return render(request, "portal/offline.html")


@require_safe
@cache_control(no_cache=True, public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root, so that it may speak for the whole site. Anybody."""
    source = _read(_WORKER)
    kept = _shell_files(source)
    body = f"const KEPT = {json.dumps(kept)};\n{source.decode()}"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shell_files(source: bytes) -> dict[str, Any]:
    """Content of the worker's store: the URLs of the shell, and their version.

    In production an address has the hash of its file in it; a developer's have none, so there the
    files themselves are hashed.
    """
    city = council()
    files = [*_SHELL, *_fonts(), *([city.stylesheet] if city.stylesheet else [])]
    shell = [static(name) for name in files]
    shell += [url for url in (city.arms_url, city.colours_url) if url]
    digest = blake2b(source, digest_size=8)
    digest.update(
        "\n".join([settings.VERSION, city.council, city.phone, city.email, *shell]).encode()
    )
    if settings.DEBUG:
        for name in files:
            digest.update(_read(name))
    return {"version": digest.hexdigest(), "shell": shell, "offline": reverse("offline")}


def _fonts() -> list[str]:
    """The typeface's files, where the project has one."""
    folder = settings.BASE_DIR / "static"
    return sorted(str(each.relative_to(folder)) for each in folder.glob("fonts/**/*.woff2"))


def _read(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
