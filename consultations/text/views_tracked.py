"""The draft's text to and from a lawyer's Word: with tracked changes out, edited in again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.desk.queries import frame, load_worked_on
from consultations.text import actions
from consultations.text.forms import TrackedForm
from consultations.text.tracked import newest_pair, tracked_file
from core.domain.rules import Refused
from core.export import docx
from core.export.pdf import as_file
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from drafts.importing import ImportRefused
from drafts.models import Version


@login_required
@require_GET
def tracked_download(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The newest version with the changes since the one before tracked. rules.keep_record."""
    shown = load_worked_on(request, pk)
    pair = newest_pair(shown.consultation)
    if pair is None:
        raise Http404
    old, new = pair
    made = tracked_file(shown.consultation, old, new, by=request.user, at=shown.now)
    response = as_file(made, f"tracked-{pk}-{old.number}-{new.number}.docx", docx.MIME)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _answer(request: HttpRequest, version_id: int, pk: int) -> HttpResponse:
    version = Version.objects.filter(pk=version_id).first()
    number = version.tracked_changes if version else 0
    words = (
        ngettext(
            "Imported. %(number)s tracked change was read as accepted.",
            "Imported. %(number)s tracked changes were read as accepted.",
            number,
        )
        % {"number": number}
        if number
        else _("Imported. The file has no tracked changes.")
    )
    messages.success(request, f"{words} {_('Check the clauses before publishing.')}")
    return redirect("desk:text", pk)


@idempotent(_answer)
@login_required
@require_http_methods(["GET", "POST"])
def tracked_changes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Hand the text to a lawyer's Word and take their file. rules.keep_record, change_text."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    verdict = rules.change_text(request.user, consultation, now=shown.now)
    form = TrackedForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            version = actions.import_text(
                consultation, by=request.user, file=file.file, name=file.name
            )
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _answer(request, version.pk, pk)
    context = {
        **frame(shown, "text"),
        "form": form,
        "verdict": verdict,
        "pair": newest_pair(consultation),
    }
    return render(request, "consultations/desk_tracked.html", context, status=form.status)
