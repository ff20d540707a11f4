"""The desk's pages of a report: writing it, its versions, the М-тест, publishing, contacts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from city.calendar import work_calendar
from consultations.desk.queries import frame, load_with_work, load_worked_on, next_step
from consultations.life.forms import DRAFTS
from consultations.models import Report, ReportVersion
from consultations.reports import actions, deadlines, mtest, queries, rules
from consultations.reports.forms import CostsForm, PublishForm, ReportForm
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.regions import region_of
from core.web.requests import wants_data


@login_required
@require_http_methods(["GET", "POST"])
def report(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write the report; what stands in the way of its publication. reports.rules.write."""
    shown = load_with_work(request, pk)
    consultation = shown.consultation
    stored = queries.report_of(consultation)
    may = rules.write(request.user, consultation, now=shown.now)
    form = ReportForm(posted_data(request), report=stored)
    DRAFTS.keep(form, request.user.pk, "report", pk)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            begun = actions.begin(consultation, by=request.user)
            with form.saving(begun, may=may):
                saved = actions.save(consultation, by=request.user, texts=form.cleaned_data)
            if wants_data(request):
                return _save_answer(saved)
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('desk:report', args=[pk])}?done=report")
    if wants_data(request):
        return JsonResponse({"words": _("Not saved: press “Save”.")}, status=form.status)
    readiness = queries.readiness_of(consultation)
    context = {
        **frame(shown, "report"),
        "form": form,
        "verdict": may,
        "report": stored,
        "step": next_step(shown),
        "readiness": readiness,
        "deadlines": deadlines.of(
            shown,
            work_calendar(),
            queries.waiting_since(consultation),
            queries.edition_due_on(consultation),
        ),
        "may_publish": rules.publish(
            request.user,
            consultation,
            stored,
            now=shown.now,
            readiness=readiness,
            reason="-",
            names_contests=True,
        ),
        "editions": queries.editions_of(consultation),
        "kept_done": DRAFTS.keys_done(request, pk),
    }
    return render(request, "consultations/desk_report.html", context, status=form.status)


def _save_answer(report: Report) -> JsonResponse:
    """Answer to a page that saved by itself: the values that it goes on with."""
    words = _("Saved at %(time)s") % {"time": date_format(localtime(report.changed_at), "H:i")}
    return JsonResponse({"words": words, "drawn_from": ReportForm.drawn_from_of(report)})


def _publish_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The report is published; the participants are told."))
    return redirect(f"{reverse('desk:report', args=[pk])}?done=report")


@idempotent(_publish_answer)
@login_required
@require_http_methods(["GET", "POST"])
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish the report, or another edition of it. reports.rules.publish."""
    shown = load_with_work(request, pk)
    consultation = shown.consultation
    stored, readiness = queries.report_of(consultation), queries.readiness_of(consultation)
    is_contested = bool(readiness.contested)
    form = PublishForm(posted_data(request), consultation=consultation, is_contested=is_contested)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            edition = actions.publish(consultation, by=request.user, **form.cleaned_data)
            return _publish_answer(request, edition.pk, pk)
    may = rules.publish(
        request.user,
        consultation,
        stored,
        now=shown.now,
        readiness=readiness,
        reason="-",
        names_contests=True,
    )
    context = {
        **frame(shown, "report"),
        "form": form,
        "verdict": may,
        "readiness": readiness,
        "report": stored,
    }
    return render(request, "consultations/desk_report_publish.html", context, status=form.status)


@login_required
@require_GET
@region_of("desk:report")
def progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The fragment of the editions, with how far their files are. rules.keep_record."""
    shown = load_worked_on(request, pk)
    context = {**frame(shown, "report"), "editions": queries.editions_of(shown.consultation)}
    return render(request, "consultations/desk_report.html#editions", context)


@login_required
@require_GET
def versions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Saved versions with their authors, to be read and put back. reports.rules.write."""
    shown = load_worked_on(request, pk)
    require(rules.write(request.user, shown.consultation, now=shown.now))
    saved = ReportVersion.objects.filter(report=pk).select_related("by")
    page = page_of(saved, order=("-number",), after=request.GET.get("after"), size=20)
    context = {**frame(shown, "report"), "versions": page, **neighbours(page, request.GET)}
    return render(request, "consultations/desk_report_versions.html", context)


@login_required
@require_POST
def restore(request: AuthenticatedHttpRequest, pk: int, version_pk: int) -> HttpResponse:
    """Put an earlier version in place of what is there. reports.rules.write."""
    load_worked_on(request, pk)
    saved = ReportVersion.objects.select_related("report__consultation").filter(report=pk)
    actions.restore(get_object_or_404(saved, pk=version_pk), by=request.user)
    messages.success(request, _("The earlier version is back; what it replaced stays in the list."))
    return redirect("desk:report", pk)


@login_required
@require_http_methods(["GET", "POST"])
def costs(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The working copy of the М-тест. reports.rules.write."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    may = rules.write(request.user, consultation, now=shown.now)
    stored = queries.report_of(consultation)
    form = CostsForm(posted_data(request), report=stored, medians=mtest.medians(consultation))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            begun = actions.begin(consultation, by=request.user)
            with form.saving(begun, may=may):
                actions.save_costs(consultation, by=request.user, costs=form.costs())
            messages.success(request, _("Saved."))
            return redirect("desk:report_costs", pk)
    context = {
        **frame(shown, "report"),
        "form": form,
        "verdict": may,
        "lines": mtest.published_lines(consultation, stored, None),
        "titles": mtest.titles(),
        "enough": mtest.ENOUGH,
    }
    return render(request, "consultations/desk_report_costs.html", context, status=form.status)


@login_required
@shows_people
@require_GET
def contacts(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The full names and contacts that participants left. reports.rules.see_contacts."""
    shown = load_worked_on(request, pk)
    require(rules.see_contacts(request.user, shown.consultation))
    page = page_of(
        queries.declared_remarks(shown.consultation), order=("pk",), after=request.GET.get("after")
    )
    people = [row.comment.author_id for row in page if row.comment.author_id]
    record_access(request.user, people, "consultation.contacts")
    context = {**frame(shown, "report"), "remarks": page, **neighbours(page, request.GET)}
    return render(request, "consultations/desk_contacts.html", context)
