"""The beacon that counts a visit, and the public page of visitors."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.domain.calendar import local_date
from core.export.csv import as_csv
from core.web.client_ip import client_groups
from core.web.pages import shared_page
from insights.visits.charts import draw_days
from insights.visits.counting import visits
from insights.visits.queries import month_visitors, months_with_visitors
from insights.visits.robots import MOST_LETTERS, is_robot

#: A transparent GIF of one pixel.
PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
#: For this long (s) a browser does not ask again, so that readers of many pages cost little.
KEPT_SECONDS = 600


@require_safe
def count_visit(request: HttpRequest) -> HttpResponse:
    """The beacon at the foot of every page: an empty picture, which counts who loads it.

    Anybody. It reads the address and the browser's name, and keeps neither; no cookie, no session,
    no page. Only browsers keep the answer, no proxy.
    """
    if is_loaded_by_page(request):
        browser = request.META.get("HTTP_USER_AGENT", "")[:MOST_LETTERS]
        if not is_robot(browser):
            visits.count(client_groups(request)[0], browser, local_date(timezone.now()))
    headers = {
        "Cache-Control": f"private, max-age={KEPT_SECONDS}",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(PIXEL, content_type="image/gif", headers=headers)


def is_loaded_by_page(request: HttpRequest) -> bool:
    """Whether a page of this site loads it, as far as the browser says; not another site's."""
    # META, because request.headers would first sort out all of them.
    return (
        request.method == "GET"
        and request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
        and request.META.get("HTTP_SEC_FETCH_DEST", "image") == "image"
    )


@require_safe
@shared_page(lambda **_month: ())
def visitors(
    request: HttpRequest, year: int | None = None, month: int | None = None
) -> HttpResponse:
    """Visitors by months, and those of a month by days. Anybody."""
    months = months_with_visitors()
    if year is None or month is None:
        shown = month_visitors(months[0].month.year, months[0].month.month) if months else None
    elif 1 <= month <= 12 and 2000 <= year <= 9999:
        shown = month_visitors(year, month)
        if shown is None:
            raise Http404
    else:
        raise Http404
    chart = draw_days(shown.days) if shown else None
    context = {"months": months, "shown": shown, "chart": chart}
    return render(request, "insights/visitors.html", context)


@require_safe
def visitors_csv(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The visitors of a month: a row for itself, and one for each of its days. Anybody."""
    shown = month_visitors(year, month) if 1 <= month <= 12 and 2000 <= year <= 9999 else None
    if shown is None:
        raise Http404
    error = round(shown.relative_error, 4)
    whole: tuple[str, date, int, bool] = ("month", shown.month, shown.count, shown.per_machine)
    days = (("day", each.day, each.count, each.per_machine) for each in shown.days)
    rows = ((*row[:3], error, int(row[3])) for row in (whole, *days))
    head = ("period", "begins_on", "visitors", "relative_error", "per_machine")
    return as_csv(head, rows, f"visitors-{shown.month:%Y-%m}.csv")
