"""The desk's pages of minutes: the draft, its texts and versions, publishing."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.export.document import Block
from core.export.docx import docx
from core.export.pdf import as_file, pdf
from core.web.form_drafts import DeviceDrafts
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.requests import wants_data
from meetings.minutes import actions, queries, rules
from meetings.minutes.content import Section, compose, title_of
from meetings.minutes.contradictions import contradictions_of
from meetings.minutes.corrections import wrong_verdicts
from meetings.minutes.documents import blocks_of, document_of
from meetings.minutes.forms import PublishForm, SectionForm
from meetings.minutes.parts import Parts, shown_words
from meetings.minutes.views import MIME
from meetings.models import Minutes, MinutesVersion
from meetings.planning.views_desk import meeting_to_work_on

#: Texts that the device keeps until they are saved; the number is that of the item, or 0.
DRAFTS = DeviceDrafts(
    "minutes",
    {
        "head": ("guests", "opening"),
        "item": ("said", "decided"),
        "closing": ("closing",),
    },
)


@login_required
@require_GET
def minutes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The draft, section by section, and what stands in the way of publishing it. rules.write."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    may = rules.write(request.user, meeting)
    require(may)
    stored = queries.minutes_of(meeting, by=request.user)
    unpublished = queries.unpublished_in(meeting)
    gathered = queries.gather(meeting, stored)
    title, sections = _draw_sections(gathered)
    editions = queries.editions_of(meeting)
    newest = queries.edition_to_read(meeting) if editions else None
    context = shown.context(
        title=title,
        contradictions=contradictions_of(gathered) if meeting.closed_at else [],
        decisions=[each for each in gathered.considered if each.roll_calls],
        wrong=wrong_verdicts(gathered, newest) if newest else [],
        sections=sections,
        minutes=stored,
        may_publish=rules.publish(
            request.user, meeting, stored, unpublished=unpublished, reason="-", knowing=True
        ),
        editions=editions,
        kept_done=DRAFTS.keys_done(request, pk),
    )
    return render(request, "meetings/desk_minutes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def section(request: AuthenticatedHttpRequest, pk: int, section: str) -> HttpResponse:
    """Write the texts of one section beside what the log says. rules.write."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    may = rules.write(request.user, meeting)
    require(may)
    stored = queries.minutes_of(meeting, by=request.user)
    _title, sections = _draw_sections(queries.gather(meeting, stored))
    drawn = next((each for each, _blocks in sections if each.name == section), None)
    if drawn is None:
        raise Http404
    form = SectionForm(posted_data(request), minutes=stored, section=section)
    DRAFTS.keep(form, request.user.pk, *_draft(section, pk))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            begun = actions.begin(meeting, by=request.user)
            with form.saving(begun, may=may):
                saved = actions.save(
                    meeting, by=request.user, section=section, texts=form.cleaned_data
                )
            if wants_data(request):
                return _save_answer(saved, section)
            messages.success(request, _("Saved."))
            name, number = _draft(section, pk)
            address = reverse("meetings_desk:minutes", args=[pk])
            return redirect(f"{address}?done={name}:{number}#{section}")
    if wants_data(request):
        return JsonResponse({"words": _("Not saved: press “Save”.")}, status=form.status)
    context = shown.context(
        form=form,
        section=drawn,
        blocks=next(blocks for each, blocks in sections if each is drawn),
        minutes=stored,
    )
    return render(request, "meetings/desk_minutes_section.html", context, status=form.status)


def _draft(section: str, pk: int) -> tuple[str, int]:
    """The name and the number by which the device keeps what is typed."""
    name, _dash, number = section.partition("-")
    return name, int(number) if number else pk


def _save_answer(minutes: Minutes, section: str) -> JsonResponse:
    """Answer to a page that saved by itself: the values that it goes on with."""
    at = date_format(localtime(minutes.changed_at), "H:i")
    drawn_from = SectionForm.drawn_from_of(minutes, section)
    return JsonResponse({"words": _("Saved at %(time)s") % {"time": at}, "drawn_from": drawn_from})


def _publish_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The minutes are published."))
    return redirect("meetings_desk:minutes", pk)


@idempotent(_publish_answer)
@login_required
@require_http_methods(["GET", "POST"])
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish the minutes, or another edition of them. rules.publish."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    require(rules.write(request.user, meeting))
    stored = queries.minutes_of(meeting, by=request.user)
    unpublished = queries.unpublished_in(meeting)
    found = contradictions_of(queries.gather(meeting, stored))
    form = PublishForm(posted_data(request), meeting=meeting, contradicts=bool(found))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            reason = form.cleaned_data.get("reason", "")
            knowing = form.cleaned_data.get("knowing", False)
            edition = actions.publish(meeting, by=request.user, reason=reason, knowing=knowing)
            return _publish_answer(request, edition.pk, pk)
    verdict = rules.publish(
        request.user, meeting, stored, unpublished=unpublished, reason="-", knowing=True
    )
    context = shown.context(form=form, verdict=verdict, contradictions=found)
    return render(request, "meetings/desk_minutes_publish.html", context, status=form.status)


@login_required
@require_GET
def preview_file(request: AuthenticatedHttpRequest, pk: int, kind: str) -> HttpResponse:
    """The draft as a file, to be read and signed on paper. rules.write."""
    shown = meeting_to_work_on(request, pk)
    require(rules.write(request.user, shown.meeting))
    stored = queries.minutes_of(shown.meeting, by=request.user)
    with translation.override(settings.LANGUAGE_CODE):
        edition, parts = actions.compose_edition(
            shown.meeting, stored, by=request.user, at=shown.now
        )
        document = document_of(edition, shown_words(parts))
        made = pdf(document) if kind == "pdf" else docx(document)
    return as_file(made, f"minutes-{pk}-draft.{kind}", MIME[kind])


@login_required
@require_GET
def versions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Saved versions with their authors, to be read and put back. rules.write."""
    shown = meeting_to_work_on(request, pk)
    require(rules.write(request.user, shown.meeting))
    saved = MinutesVersion.objects.filter(minutes=pk).select_related("by")
    page = page_of(saved, order=("-number",), after=request.GET.get("after"), size=20)
    context = shown.context(versions=page, **neighbours(page, request.GET))
    return render(request, "meetings/desk_minutes_versions.html", context)


@login_required
@require_POST
def restore(request: AuthenticatedHttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """Put an earlier version in place of what is there. rules.write."""
    meeting_to_work_on(request, pk)
    saved = MinutesVersion.objects.select_related("minutes__meeting").filter(minutes=pk)
    actions.restore(get_object_or_404(saved, pk=version_pk), by=request.user)
    messages.success(request, _("The earlier version is back; what it replaced stays in the list."))
    return redirect("meetings_desk:minutes", pk)


def _draw_sections(gathered: queries.Gathered) -> tuple[str, list[tuple[Section, list[Block]]]]:
    """The title, and each section with its blocks, in the state's language."""
    with translation.override(settings.LANGUAGE_CODE):
        parts = Parts()
        sections = compose(gathered, parts)
        said = shown_words(parts.rows)
        drawn = [(each, blocks_of(each.blocks, said)) for each in sections]
        return title_of(gathered), drawn
