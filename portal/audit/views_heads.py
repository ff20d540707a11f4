"""Public pages of the heads of days: a day, its file, what attests it, and the feed. Anybody."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.audit_log.anchors import containers, timestamps
from core.audit_log.heads import DayHead, find_head, heads_of, last_days, midnight
from core.domain.council import local_council
from core.export import atom
from core.models import AuditAnchor
from core.web.downloads import as_download
from portal.audit.anchored import show_heads

_MIME = {
    "tsr": timestamps.REPLY,
    "p7s": "application/pkcs7-signature",
    "asice": containers.MIME,
}


@require_safe
def head(request: HttpRequest, day: date) -> HttpResponse:
    """The head of a day that is over, what attests it, how to check it; prints on one page."""
    found = head_or_404(day)
    (shown,) = show_heads([found], today=found.ended_at.date())
    return render(request, "portal/audit/head.html", {"shown": shown, "head": found})


@require_safe
def head_file(request: HttpRequest, day: date) -> HttpResponse:
    """The head file of a day: the bytes that are sealed."""
    name = f"viche-audit-{day.isoformat()}.txt"
    return as_download(head_or_404(day).file, media_type="text/plain", name=name)


@require_safe
def anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """A time-stamp or a sealed file, as it came."""
    found = _anchor_or_404(pk)
    name = f"viche-audit-{found.day.isoformat()}-{found.pk}.{found.format}"
    return as_download(bytes(found.content), media_type=_MIME[found.format], name=name)


@require_safe
def anchor_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The request to the authority of a time-stamp."""
    found = _anchor_or_404(pk)
    if found.kind != AuditAnchor.Kind.TIMESTAMP:
        raise Http404
    name = f"viche-audit-{found.day.isoformat()}-{found.pk}.tsq"
    return as_download(bytes(found.request), media_type=timestamps.QUERY, name=name)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The heads of the last days that are over, as Atom: each reader keeps them elsewhere."""
    heads = heads_of(last_days(atom.MOST_NEWS))
    return atom.answer(
        _("Heads of the audit log – %(council)s") % {"council": local_council().council},
        path=reverse("audit:feed"),
        page=reverse("audit:chain"),
        entries=map(_entry, heads),
    )


def head_or_404(day: date) -> DayHead:
    """The head of a day that is over."""
    found = find_head(day)
    if found is None:
        raise Http404
    return found


def _anchor_or_404(pk: int) -> AuditAnchor:
    rows = AuditAnchor.objects.exclude(verdict=AuditAnchor.Verdict.WRONG)
    return get_object_or_404(rows, pk=pk)


def _entry(each: DayHead) -> atom.Entry:
    facts = {"day": date_format(each.day, "j E Y"), "head": each}
    return atom.Entry(
        path=reverse("audit:head", args=[each.day]),
        what=f"audit-head/{each.day.isoformat()}",
        since=midnight(each.day),
        at=each.ended_at,
        title=_("Head of the audit log on %(day)s: %(head)s") % facts,
        text=_("Link %(number)d, SHA-256 %(hash)s") % {"number": each.number, "hash": each.hash},
    )
