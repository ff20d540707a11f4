"""Forms of the register. They gather; the rules judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Remark
from consultations.register.events import EntryCorrected, RemarkEntered
from consultations.register.models import LONGEST_CONTACT, ReceivedOffline
from core.web.form_drafts import DeviceDrafts
from core.web.forms import DateField, RefusableForm, TextField, offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from discussions.models import LONGEST, LONGEST_NAME
from drafts.versions.published import Text

#: Ways of receipt that staff enter.
OFFLINE = [
    choice
    for choice in Remark.Source.choices
    if choice[0] not in (Remark.Source.PAGE, Remark.Source.API)
]
#: Long texts that the device keeps until they are sent.
DRAFTS = DeviceDrafts("register", {"enter": ("text", "proposal"), "entry": ("text",)})

_AT_FIELDS = {
    "comment.name_missing": "author_name",
    "comment.name_too_long": "author_name",
    "remark.patronymic_missing": "author_name",
    "remark.contact_missing": "contact",
    "comment.empty": "text",
    "comment.too_long": "text",
    "remark.wording_needs_clause": "clause",
    "remark.wording_missing": "proposal",
    "remark.no_such_clause": "clause",
    "register.no_such_organisation": "organisation_code",
    "register.received_later": "received_on",
    "register.received_outside": "received_on",
    **dict.fromkeys(
        (
            *("file.empty", "file.too_large", "file.type"),
            *("file.damaged", "file.too_many_pixels", "file.busy"),
        ),
        "scan",
    ),
}


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name, as it is published"),
        max_length=LONGEST_NAME,
        help_text=_("The name and the surname, or the name of the organisation that wrote."),
    )


def _contact() -> forms.CharField:
    return forms.CharField(
        label=_("How to reach them"),
        max_length=LONGEST_CONTACT,
        required=False,
        help_text=_(
            "An address, an e-mail or a telephone. Never published: officers of this consultation "
            "read it, and it is deleted after its term."
        ),
    )


def _is_full_name() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("This is the whole name: there is no patronymic, or an organisation wrote"),
        required=False,
    )


def _words(label: Any, *, help_text: Any = "") -> TextField:
    widget = forms.Textarea(attrs={"rows": 6})
    return TextField(
        label=label, max_length=LONGEST, required=False, widget=widget, help_text=help_text
    )


class EnterForm(RefusableForm):
    """A proposal that came otherwise than on the site."""

    refused_at = _AT_FIELDS

    source = forms.ChoiceField(label=_("How it came"), choices=OFFLINE, widget=forms.RadioSelect)
    received_on = DateField(label=_("Date of receipt"))
    author_name = _name()
    is_full_name = _is_full_name()
    is_undeclared = forms.BooleanField(
        label=_("It names no author, or no contact"),
        required=False,
        help_text=_(
            "Then it gets a number and is neither published nor considered (law 3841-IX "
            "art. 15(3)2). Once you enter both, it is."
        ),
    )
    organisation_code = forms.RegexField(
        regex=r"^\d{8}$",
        label=_("ЄДРПОУ of an organisation that is confirmed on the site"),
        required=False,
        error_messages={"invalid": _("A code of eight digits.")},
        help_text=_("If the letter is written in its name. Others stand in the name above."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )
    contact = _contact()
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Remark.Kind,
        widget=forms.RadioSelect,
        initial=Remark.Kind.REMARK,
    )
    clause = forms.ChoiceField(label=_("Clause"), required=False)
    text = _words(
        _("The words"), help_text=_("As they were written or said; everybody will read them.")
    )
    proposal = _words(_("Proposed wording of the clause"))
    scan = forms.FileField(
        label=_("Scan"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, PNG or JPEG, up to 5 MB. Never published."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(
        self, *args: Any, text: Text | None, names_with_proposals: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _ask_names(self, names_with_proposals)
        clauses = text.clauses if text else ()
        named = [
            (str(clause.pk), str(clause.label or clause.get_kind_display()))
            for clause in clauses
            if clause.text
        ]
        offer_choices(self, "clause", [("", _("the whole draft")), *named])

    def entry(self) -> dict[str, Any]:
        """The arguments of ``actions.enter``."""
        data = dict(self.cleaned_data)
        clause, scan = data.pop("clause"), data.pop("scan")
        return {
            **data,
            "clause_id": int(clause) if clause else None,
            "scan": scan.file if scan else None,
        }


class EntryForm(OptimisticLockForm):
    """Form to correct an entry."""

    refused_at = _AT_FIELDS
    saved_in = (EntryCorrected, RemarkEntered)
    saved_id = "remark_id"

    author_name = _name()
    is_full_name = _is_full_name()
    received_on = DateField(label=_("Date of receipt"))
    contact = forms.CharField(
        label=_("How to reach them, if it changes"),
        max_length=LONGEST_CONTACT,
        required=False,
        help_text=_("Empty: what is kept stays."),
    )
    text = _words(_("The words"))
    proposal = _words(_("Proposed wording of the clause"))

    def __init__(
        self, *args: Any, kind: str, names_with_proposals: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _ask_names(self, names_with_proposals)
        if kind != Remark.Kind.WORDING:
            del self.fields["proposal"]

    def current_values(self, row: ReceivedOffline) -> dict[str, Any]:
        return values_of(row)


def _ask_names(form: RefusableForm, names_with_proposals: bool) -> None:
    """Ask for a full name where it stands with the proposal; a missing one the action judges."""
    if names_with_proposals:
        form.fields["author_name"].required = False
        form.fields["author_name"].help_text = _(
            "The surname, the given name and the patronymic, or the name of the organisation."
        )
        return
    for name in ("is_full_name", "is_undeclared"):
        form.fields.pop(name, None)


def values_of(received: ReceivedOffline) -> dict[str, Any]:
    """Values of an entered proposal that can be corrected."""
    comment = received.remark.comment
    return {
        "author_name": comment.author_name,
        "received_on": received.received_on,
        "contact": "",
        "text": comment.text,
        "proposal": comment.proposal,
    }
