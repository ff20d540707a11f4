"""The desk's page of evidence bundles: ask for one, see how far it is, download it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from consultations.desk.queries import frame, load_worked_on
from consultations.evidence import actions, making, rules
from consultations.evidence.kinds import Audience
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import path_of
from consultations.presenters import ShownConsultation
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent
from core.web.regions import region_of

#: Bundles that the page lists.
MOST = 20


def _answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The bundle is being made. You can leave this page."))
    return redirect("desk:evidence", pk)


@idempotent(_answer)
@login_required
@require_http_methods(["GET", "POST"])
def evidence(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Bundles of a consultation; POST has one made. evidence.rules.make."""
    shown = load_worked_on(request, pk)
    form = RefusableForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.ask(shown.consultation, by=request.user)
            return _answer(request, made.pk, pk)
    context = {**_context(shown), "form": form}
    context["verdict"] = rules.make(
        request.user,
        shown.consultation,
        is_under_way=actions.is_under_way(shown.consultation),
    )
    return render(request, "consultations/desk_evidence.html", context, status=form.status)


@login_required
@require_GET
@region_of("desk:evidence")
def progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The fragment of the bundles, with how far they are. rules.keep_record."""
    shown = load_worked_on(request, pk)
    return render(request, "consultations/desk_evidence.html#bundles", _context(shown))


@login_required
@require_safe
@shows_people
def bundle_download(request: AuthenticatedHttpRequest, pk: int, bundle_pk: int) -> FileResponse:
    """A bundle's file; whoever it names as told reads that it was looked at. rules.keep_record."""
    load_worked_on(request, pk)
    bundle = get_object_or_404(_staffs(pk), pk=bundle_pk)
    path = path_of(bundle)
    if not bundle.file or not path.is_file():
        raise Http404
    record_access(request.user, making.people_in(path), "consultation.export")
    name = f"evidence-{pk}-{bundle.pk}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _context(shown: ShownConsultation) -> dict[str, object]:
    consultation = shown.consultation
    bundles = list(_staffs(consultation.pk).select_related("by")[:MOST])
    is_waiting = any(each.ready_at is None for each in bundles[:1])
    return {**frame(shown, "detail"), "bundles": bundles, "is_waiting": is_waiting}


def _staffs(consultation_id: int) -> QuerySet[EvidenceBundle]:
    return EvidenceBundle.objects.filter(consultation=consultation_id, audience=Audience.STAFF)
