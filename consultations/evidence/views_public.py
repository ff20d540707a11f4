"""The public page of a procedure's evidence, and the bundle that anybody downloads."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from consultations.evidence import queries
from consultations.evidence.queries import path_of
from consultations.pages import consultation_context
from consultations.presenters import ShownConsultation
from consultations.views import load_consultation, topic_of_page
from core.db.paging import neighbours
from core.web.downloads import SANDBOXED
from core.web.pages import shared_page

#: The page of the program that verifies bundles.
_VERIFY = "/verify/"


@require_safe
@shared_page(topic_of_page)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest bundle, the earlier ones, what they prove and how to verify that. Anybody."""
    shown = _load(request, pk)
    bundle = queries.newest_public(shown.consultation)
    page = queries.earlier(shown.consultation, request.GET.get("after"))
    context: dict[str, Any] = {
        **consultation_context(shown),
        "bundle": bundle,
        "is_awaited": queries.is_awaited(shown.consultation),
        "earlier": page,
        "has_owner": settings.HAS_OWNER,
        "verify_url": _VERIFY if _is_route(_VERIFY) else "",
        **neighbours(page, request.GET),
    }
    if bundle is not None:
        context |= {"counts": queries.counts_of(bundle), "begun_at": queries.begun_at(bundle)}
        context["holds"] = sum(each.holds for each in context["counts"])
        context["unproven"] = sum(each.unproven for each in context["counts"])
    return render(request, "consultations/evidence.html", context)


@require_safe
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The newest public bundle, to be saved. Anybody; 404 while none may be downloaded."""
    bundle = queries.newest_public(_load(request, pk).consultation)
    if bundle is None:
        raise Http404
    etag = f'"{bundle.manifest}"'
    headers = {**SANDBOXED, "ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("If-None-Match", "").split(", "):
        return HttpResponseNotModified(headers=headers)
    try:
        content = path_of(bundle).open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"evidence-{pk}-{bundle.manifest[:12]}.zip",
        content_type="application/zip",
        headers=headers,
    )


def _load(request: HttpRequest, pk: int) -> ShownConsultation:
    shown = load_consultation(request, pk)
    if shown.consultation.announced_at is None:
        raise Http404
    return shown


def _is_route(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
