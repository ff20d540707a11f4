"""The page where many people are invited to work for the council, from a table."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.invitations import table
from accounts.invitations.many import WrongLine, invite_many, preview_invitations
from accounts.invitations.models import LANGUAGES
from accounts.staff import rules as staff
from core.domain.rules import require
from core.export.pasted import Outcome, PastedTableForm, preview_of
from core.web.forms import TextField

_LABELS = {
    Outcome.ADDED: gettext_lazy("will be invited"),
    Outcome.UNCHANGED: gettext_lazy("an invitation waits already"),
}


class InviteManyForm(PastedTableForm):
    """A table of people to be invited, with one reason for all."""

    columns = gettext_lazy(
        "Copied from a spreadsheet, or as CSV. The first line names the columns: “E-mail”, “Роль” "
        "(працівник ради, керівник підрозділу, секретар, модератор …) and “Підрозділ”; where "
        "letters print them “Посада”, “Посада в родовому”, “По батькові”."
    )

    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("For example, the order of appointment. It stays in the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mail"),
        choices=LANGUAGES,
        initial="uk",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )

    def read(self, content: bytes) -> list[table.InvitedLine]:
        return table.read(content)


@login_required
@require_http_methods(["GET", "POST"])
def invite_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show who would get which role; invite them when just that was shown and no line is refused.
    rules.invite."""
    require(staff.see(request.user))
    is_sent = request.method == "POST"
    form = InviteManyForm(request.POST, request.FILES) if is_sent else InviteManyForm()
    found = None
    if form.is_valid():
        lines, reason = form.cleaned_data["rows"], form.cleaned_data["reason"]
        shown = preview_invitations(lines, by=request.user, reason=reason)
        found = preview_of(form, shown, labels=_LABELS)
        if found.is_confirmed(request.POST):
            language = form.cleaned_data["language"]
            try:
                made = invite_many(lines, by=request.user, reason=reason, language=language)
            except WrongLine as wrong:  # a department was closed meanwhile
                form.add_error("table", f"{wrong.number}: {wrong}")
            else:
                words = ngettext(
                    "%(number)s invitation is on its way.",
                    "%(number)s invitations are on their way.",
                    len(made),
                )
                messages.success(request, words % {"number": len(made)})
                return redirect("staff:list")
    context = {"form": form, "preview": found}
    return render(request, "accounts/invitations/invite_many.html", context, status=form.status)
