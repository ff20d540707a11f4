"""Public pages of the audit log: heads of its chain, lines, and what a receipt leads to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.data import words
from core.audit_log import queries
from core.audit_log.anchors.queries import has_any
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.chain import fingerprint
from core.models import AuditLink
from discussions.models import Comment
from discussions.speech.queries import Trace, trace_receipt
from portal.audit.anchored import show_heads
from portal.audit.forms import ReceiptForm


@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """The heads of the chain by day, and how to check it. Anybody."""
    heads = queries.day_heads()
    context = {
        "heads": show_heads(heads, today=local_date(clock.now())),
        "cuts": queries.cuts(),
        "has_anchors": has_any(),
    }
    return render(request, "portal/audit/chain.html", context)


@require_safe
def links_download(request: HttpRequest) -> StreamingHttpResponse:
    """Lines of links as they were hashed, one JSON object a line, after ``?after=``. Anybody."""
    asked = request.GET.get("after", "0")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        raise Http404
    response = StreamingHttpResponse(
        queries.lines_after(int(asked)), content_type="application/jsonl; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="audit-links.jsonl"'
    return response


@require_safe
def link_download(request: HttpRequest, pk: int) -> JsonResponse:
    """One link: its line, its hash and the leaves that its line digests. Anybody."""
    link = get_object_or_404(AuditLink, pk=pk)
    return JsonResponse(
        {"line": link.body, "hash": link.hash, "leaves": queries.leaves_of_link(link)}
    )


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Records of the ledger of speech under a receipt. Whoever has the receipt."""
    asked = request.GET.get("receipt")
    form = ReceiptForm(request.GET if asked is not None else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        trace = trace_receipt(form.cleaned_data["receipt"])
        context |= {"asked": True, "trace": trace, **(_of(trace) if trace else {})}
        return render(request, "portal/audit/receipt.html", context, status=200 if trace else 404)
    return render(request, "portal/audit/receipt.html", context, status=form.status)


def _of(trace: Trace) -> dict[str, Any]:
    """The steps of the words' life with their links, and where they stand now."""
    link = queries.find_link_of(trace.entries[0])
    line = queries.leaf_line(trace.entries[0], link) if link else ""
    return {
        "steps": [
            {"at": entry.at, "title": words.event(entry.event), "number": entry.pk}
            for entry in trace.entries
        ],
        "link": link,
        "line": line,
        "leaf": fingerprint(line),
        "state": _state(trace.comment),
        "url": _url_of(trace.comment),
    }


def _state(comment: Comment | None) -> str:
    if comment is None or comment.deleted_at:
        return "deleted"
    return "hidden" if comment.hidden_at else "shown"


def _url_of(comment: Comment | None) -> str:
    """The page of the words, where they are shown."""
    if comment is None or not comment.is_visible:
        return ""
    remark = getattr(comment.parent or comment, "remark", None)
    return str(remark.get_absolute_url()) if remark is not None else ""
