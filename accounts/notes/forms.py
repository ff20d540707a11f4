"""Form of a note between officers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notes.models import LONGEST_NOTE
from accounts.notes.rules import CHOOSE_A_COLLEAGUE
from core.web.forms import RefusableForm, TextField, offer_choices


class NoteForm(RefusableForm):
    """Words, a colleague who is told of them, and whether the matter becomes theirs.

    ``colleagues``: those who may work on the matter; nobody else can be named. ``is_assigned``:
    matters of this kind are somebody's, so that a hand-over changes whose it is.
    """

    refused_at: ClassVar[Mapping[str, str]] = {
        "note.empty": "words",
        "note.too_long": "words",
        "note.to_nobody": "to",
        "note.not_a_colleague": "to",
    }

    words = TextField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        help_text=_("Only those who may work on this read it. It is never published."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    to = forms.ChoiceField(
        label=_("Tell by mail"),
        required=False,
        help_text=_("The mail holds a link alone."),
        error_messages={"invalid_choice": CHOOSE_A_COLLEAGUE},
    )
    is_handed_over = forms.BooleanField(label=_("Hand over to them"), required=False)

    def __init__(
        self, *args: Any, colleagues: Iterable[User], is_assigned: bool, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "note_%s")  # another form stands on the page
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.pk): each for each in colleagues}
        names = [(key, each.get_full_name()) for key, each in self.colleagues.items()]
        offer_choices(self, "to", [("", _("nobody")), *names])
        if is_assigned:
            self.fields["is_handed_over"].help_text = _("It is theirs from then on.")

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.write_note``."""
        return {
            "words": self.cleaned_data["words"],
            "to": self.colleagues.get(self.cleaned_data["to"]),
            "is_handed_over": self.cleaned_data["is_handed_over"],
        }
