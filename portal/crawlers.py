"""Files for crawlers: robots.txt, sitemap.xml, security.txt."""

from __future__ import annotations

from datetime import timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from appeals.answers.actions import PUBLISHED
from appeals.models import Answer
from consultations.acts.queries import acts
from consultations.models import Consultation
from core.domain import clock
from core.domain.council import council
from core.web.pages import shared_page
from insights.indicators.measuring import TOPIC as INDICATORS
from insights.indicators.queries import published_reports
from insights.indicators.registry import indicators
from meetings.models import Meeting
from newsroom.models import Article, Page
from petitions.models import Petition
from portal.opendata.registry import DATASETS
from votes.models import Poll

#: A sitemap holds no more (sitemaps.org).
_MOST_ADDRESSES = 50_000


def _topics() -> list[str]:
    lists = ["consultations", "petitions", "polls", "meetings", "acts", "pages", "news"]
    return [*lists, PUBLISHED, INDICATORS]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed; accounts, the desk and search results need not be."""
    lines = ["User-agent: *"]
    for prefix in ("", "/en"):
        lines += [f"Disallow: {prefix}/{place}/" for place in ("account", "desk", "search")]
    # Cards are parts of other pages, files of rows no pages at all.
    lines += [f"Disallow: {prefix}/embed/" for prefix in ("", "/en")]
    lines += ["Disallow: /data/*.csv", "Disallow: /data/*.jsonl"]
    lines += ["Disallow: /api/", "Disallow: /live/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@shared_page(_topics)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that has a permanent address, in both languages. Anybody."""
    apps = ("consultations", "petitions", "votes", "meetings", "acts", "pages", "newsroom")
    lists = [*(f"{app}:list" for app in apps), "newsroom:calendar"]
    paths: list[tuple[str, list[int | str]]] = [
        (name, []) for name in ("portal:home", *lists, "appeals:answers", "terms", "privacy")
    ]
    paths += [("press:apply", []), ("programme", [])]
    paths += [("pages:page", [page.slug]) for page in Page.objects.all()]
    paths.append(("opendata:catalogue", []))
    paths += [("opendata:dataset", [each.slug]) for each in DATASETS]
    insights = ("indicators:overview", "indicators:founding", "insights:visits", "insights:trust")
    paths += [(name, []) for name in insights]
    paths += [("indicators:indicator", [each.slug]) for each in indicators()]
    paths += [("indicators:report", [report.year]) for report in published_reports()]
    most = _MOST_ADDRESSES // len(settings.LANGUAGES) - len(paths)
    consultations = Consultation.objects.published().order_by("-announced_at", "-pk")
    petitions = Petition.objects.published().order_by("-published_at", "-pk")
    polls = Poll.objects.published().order_by("-scheduled_at", "-pk")
    meetings = Meeting.objects.published().order_by("-begins_at", "-pk")
    kinds = {
        "consultations:detail": consultations,
        "petitions:detail": petitions,
        "votes:detail": polls,
        "meetings:detail": meetings,
        "newsroom:detail": Article.objects.published().order_by("-publish_at", "-pk"),
        "appeals:answer": Answer.objects.published(),
        "acts:act": acts().order_by("-decided_on", "-pk"),
    }
    for name, newest in kinds.items():
        pks = newest.values_list("pk", flat=True)[: most // len(kinds)]
        paths += [(name, [pk]) for pk in pks]
    addresses = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            addresses += [reverse(name, args=args) for name, args in paths]
    rows = "".join(
        f"<url><loc>{escape(settings.SITE_URL + address)}</loc></url>\n" for address in addresses
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Contact for reports of weaknesses (RFC 9116). Anybody."""
    expires = clock.now() + timedelta(days=180)
    lines = [
        f"Contact: mailto:{council().email}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: uk, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
