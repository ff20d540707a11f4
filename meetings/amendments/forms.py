"""Forms of amendments. They gather what was said; the rules judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.templatetags.components import shorten
from core.web.forms import RefusableForm, TextField, offer
from drafts.models import Clause, Version
from meetings.models import Amendment, Deputy, Meeting
from meetings.queries import members_of

if TYPE_CHECKING:
    _ClauseField = forms.ModelChoiceField[Clause]
    _DeputyField = forms.ModelChoiceField[Deputy]
else:
    _ClauseField = _DeputyField = forms.ModelChoiceField

#: So much of a clause's words stands in the list.
_WORDS = 70


class _Clauses(_ClauseField):
    def label_from_instance(self, clause: Clause) -> str:
        return shorten(f"{clause.label or clause.get_kind_display()}: {clause.text}", _WORDS)


class AmendmentForm(RefusableForm):
    """To which clause, what it does, its words; the office says who moves it."""

    refused_at = {
        "amendment.another_text": "clause",
        "amendment.kind": "kind",
        "amendment.words": "text",
        "amendment.mover": "mover",
    }

    clause = _Clauses(Clause.objects.none(), label=_("Clause of the draft"))
    kind = forms.ChoiceField(
        label=_("What the amendment does"), choices=Amendment.Kind.choices, widget=forms.RadioSelect
    )
    text = TextField(
        label=_("The words"),
        required=False,
        max_length=10_000,
        help_text=_("To remove the clause leave them empty."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    deputy = _DeputyField(
        Deputy.objects.none(),
        label=_("Who moves it"),
        required=False,
        empty_label=_("somebody else"),
    )
    mover = forms.CharField(
        label=_("Or who else: a committee, the executive committee"), required=False, max_length=200
    )

    def __init__(
        self, *args: Any, meeting: Meeting, version: Version | None, is_own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if version is not None:
            offer(self, "clause", version.clauses.in_order().defer("search"))
        if is_own:
            del self.fields["deputy"]
            del self.fields["mover"]
        else:
            offer(self, "deputy", members_of(meeting).order_by("name_key", "pk"))
