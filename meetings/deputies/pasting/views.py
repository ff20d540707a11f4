"""The desk's page where many deputies are put in from a table, after a preview."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.export.pasted import Outcome, PastedTableForm, preview_of
from meetings.deputies.pasting import table
from meetings.deputies.pasting.actions import WrongLine, preview_deputies, put_deputies
from meetings.rules import keep_council


class DeputiesForm(PastedTableForm):
    """A table of deputies."""

    refused_at = {"council.no_council": "has_seats"}
    columns = gettext_lazy(
        "Copied from a spreadsheet, or as CSV. The first line names the columns: “ПІБ” and, for "
        "new deputies, “Повноваження з”; where you have them “Фракція”, “Район”, “Повноваження до”."
    )

    has_seats = forms.BooleanField(
        label=gettext_lazy("Give each new one a seat in the council from their first day"),
        required=False,
    )

    def read(self, content: bytes) -> list[table.DeputyLine]:
        return table.read(content)


@login_required
@require_http_methods(["GET", "POST"])
def paste(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show what a table of deputies would change; store it when just that was shown and nothing of
    it is refused. rules.roles.keep_council."""
    require(keep_council(request.user))
    is_sent = request.method == "POST"
    form = DeputiesForm(request.POST, request.FILES) if is_sent else DeputiesForm()
    found = None
    if form.is_valid():
        lines, has_seats = form.cleaned_data["rows"], form.cleaned_data["has_seats"]
        with form.attempt():
            shown = preview_deputies(lines, by=request.user, has_seats=has_seats)
            found = preview_of(form, shown)
        if found is not None and found.is_confirmed(request.POST):
            try:
                put_deputies(lines, by=request.user, has_seats=has_seats)
            except WrongLine as wrong:  # somebody changed the list meanwhile
                form.add_error("table", f"{wrong.number}: {wrong}")
            else:
                added, changed = map(found.number_of, (Outcome.ADDED, Outcome.CHANGED))
                messages.success(
                    request,
                    _("Saved. Added: %(added)s, changed: %(changed)s.")
                    % {"added": added, "changed": changed},
                )
                return redirect("deputies_desk:list")
    context = {"form": form, "preview": found}
    return render(request, "meetings/deputies/desk_paste.html", context, status=form.status)
