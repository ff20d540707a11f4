"""The public page of a procedure, and the sheet for notice boards. Anybody."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from city.calendar import work_calendar
from consultations.checklist.notice import sheet_of
from consultations.checklist.presenters import stages_of
from consultations.checklist.queries import public_facts_of
from consultations.pages import consultation_context
from consultations.presenters import ShownConsultation
from consultations.views import load_consultation, topic_of_page
from core.domain.calendar import local_date
from core.export import pdf
from core.web.pages import shared_page
from core.web.render_cache import RenderCache

#: Sheets that a process keeps.
_sheets: RenderCache[tuple[object, ...], bytes] = RenderCache(4 * 2**20)


def _load(request: HttpRequest, pk: int) -> ShownConsultation:
    """Load an announced consultation; 404 for one in preparation."""
    shown = load_consultation(request, pk)
    if shown.consultation.announced_at is None:
        raise Http404
    return shown


@require_safe
@shared_page(topic_of_page)
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """The procedure of a consultation: each item with its article, and the dates of what
    was done.
    """
    shown = _load(request, pk)
    facts = public_facts_of(shown.consultation, shown.now)
    today = local_date(shown.now)
    context = {
        **consultation_context(shown),
        "stages": stages_of(facts, today=today, calendar=work_calendar(), is_public=True),
        "answers": facts.answers,
        "discussions": facts.discussions,
    }
    return render(request, "consultations/checklist/procedure.html", context)


@require_safe
@shared_page(topic_of_page)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for notice boards as PDF, in the state's language (law 2704-VIII art. 13)."""
    consultation = _load(request, pk).consultation
    with translation.override(settings.LANGUAGE_CODE):
        sheet = sheet_of(consultation)
        key = (sheet.title, repr(sheet.blocks), sheet.made_at)
        made = _sheets.get(key)
        if made is None:
            made = pdf.pdf(sheet)
            _sheets.keep(key, made, len(made))
    return pdf.as_file(made, f"notice-{pk}.pdf", pdf.MIME)
