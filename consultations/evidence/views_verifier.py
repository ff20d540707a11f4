"""The verifier of evidence bundles, for everybody: its page and its files, under /verify/."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.evidence.verifier import FOLDER
from core.web.downloads import same_for_everybody
from core.web.pages import shared_page

#: What is given out, and as what.
FILES = {
    "verify.py": "text/x-python; charset=utf-8",
    "verify.html": "text/html; charset=utf-8",
    "verify.js": "text/javascript; charset=utf-8",
    "verify.css": "text/css; charset=utf-8",
    "SHA256SUMS": "text/plain; charset=utf-8",
}
#: They change with the version of the site alone; names stay, as they stand in bundles.
_KEPT = {"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}


def _council_alone(**_arguments: object) -> list[str]:
    """The page changes with the code and with the council's own data alone."""
    return []


@require_safe
@shared_page(_council_alone)
def page(request: HttpRequest) -> HttpResponse:
    """Page about verification: its proof, the program to download, and its hash. Anybody."""
    context = {"hash": sha256(_content("verify.py")).hexdigest()}
    return render(request, "consultations/verifier.html", context)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the verifier, as it stands in a bundle; 404 for any other name. Anybody."""
    if name not in FILES:
        raise Http404
    return same_for_everybody(HttpResponse(_content(name), content_type=FILES[name], headers=_KEPT))


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
