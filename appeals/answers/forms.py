"""Forms of the answer to an appeal: its draft, its approval, sending it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.answers.models_saved import SavedAnswer
from appeals.answers.rules import REFUSING, is_whole
from appeals.begin import last_answer
from appeals.conditions import LONGEST_REASON
from appeals.desk.forms import AppealForm
from appeals.events import AnswerDrafted
from appeals.models import Answer, Appeal, Attachment
from appeals.requests.forms import values_of_refusal
from core.web.forms import TextField, offer_choices
from core.web.optimistic_lock import OptimisticLockForm

_LONGEST = 20_000


def values_of_draft(appeal: Appeal) -> dict[str, Any]:
    """Values of the appeal's draft answer; empty without one."""
    draft = last_answer(appeal, sent=False)
    return {
        "text": draft.text if draft else "",
        "result": draft.result if draft else "",
        "kept": [
            str(pk) for pk in Attachment.objects.filter(answer=draft).values_list("pk", flat=True)
        ]
        if draft
        else [],
    }


class DraftForm(AppealForm, OptimisticLockForm):
    """The draft of the answer, whole or half. Saving takes an approval back."""

    refused_at = dict.fromkeys(
        ("file.empty", "file.too_large", "file.type", "file.damaged", "files.too_many"), "signed"
    )
    saved_in = (AnswerDrafted,)
    saved_id = "appeal_id"
    #: Needed, though not to save a draft: approval asks for both.
    one_of = ("text", "result")

    saved = forms.ChoiceField(
        label=gettext_lazy("Add a saved answer"),
        required=False,
        help_text=gettext_lazy("Its words are added below the text when you save."),
    )
    text = TextField(
        label=gettext_lazy("Answer"),
        max_length=_LONGEST,
        required=False,
        help_text=gettext_lazy(
            "What was checked, what was decided and why; where the decision can be contested."
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Result"),
        choices=Answer.Result,
        required=False,
        help_text=gettext_lazy("You can save the draft without it; approval asks for it."),
        widget=forms.RadioSelect,
    )
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Files that go with the answer"),
        required=False,
        help_text=gettext_lazy("What is not ticked is deleted when you save."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    signed = forms.FileField(
        label=gettext_lazy("File signed elsewhere by a qualified electronic signature"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PDF, .p7s, .p7m, .asice or .asics, up to 10 MB. It is shown beside the answer; this "
            "site does not check the signature."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.p7s,.p7m,.asice,.asics"}),
    )
    is_ready = forms.BooleanField(
        label=gettext_lazy("It is ready: ask a head to approve it"), required=False
    )

    def __init__(
        self,
        *args: Any,
        texts: Sequence[SavedAnswer] = (),
        files: Sequence[Attachment] = (),
        is_request: bool = False,
        greeting: str = "",
        **kwargs: Any,
    ) -> None:
        """``greeting``: that of the letter, which is said so that nobody types it once more."""
        super().__init__(*args, **kwargs)
        if greeting:
            said = _("The letter greets by itself: “%(greeting)s”.") % {"greeting": greeting}
            self.fields["text"].help_text = f"{self.fields['text'].help_text} {said}"
        if is_request:
            # What is refused of a request is refused by a step of its own.
            kept = [each for each in Answer.Result.choices if each[0] not in REFUSING]
            offer_choices(self, "result", kept)
        if files:
            offer_choices(self, "kept", [(str(file.pk), _file_label(file)) for file in files])
        else:
            del self.fields["kept"]
        self.texts = {str(each.pk): each.text for each in texts}
        if not self.texts:
            del self.fields["saved"]
            return
        titles = [(str(each.pk), each.title) for each in texts]
        offer_choices(self, "saved", [("", _("choose")), *titles])

    def current_values(self, row: Appeal) -> dict[str, Any]:
        return values_of_draft(row)

    def seen_values(self) -> dict[str, Any]:
        """Values last seen, without a file: one that somebody adds meanwhile is shown,
        and stays.
        """
        return {} if "kept" in self.fields else {"kept": []}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        added = self.texts.get(data.get("saved", "") or "", "")
        text = "\n\n".join(filter(None, (data.get("text", ""), added)))
        if len(text) > _LONGEST:
            self.add_error("text", _("With the saved answer the text is too long."))
        data["text"] = text
        # Before anything is saved: the draft and the question to a head are one press.
        whole = is_whole(text, data.get("result", ""))
        if data.get("is_ready") and not self.errors and not whole:
            self.refuse(whole)
        return data

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.draft_answer``, without new files."""
        written = {name: self.cleaned_data[name] for name in ("text", "result")}
        kept = self.cleaned_data.get("kept")
        return written | {"keep_files": None if kept is None else [int(pk) for pk in kept]}


def _file_label(file: Attachment) -> str:
    return f"{file.name} ({filesizeformat(file.size)})"


class AskForm(AppealForm):
    """Form without fields that says that the draft is ready."""


class ApproveForm(AppealForm, OptimisticLockForm):
    """Approval of the words and files that were read: others come back to be read again."""

    saved_in = (AnswerDrafted,)
    saved_id = "appeal_id"

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = values_of_draft(appeal) | {"refusal": _refusal_lines(appeal)}

    def current_values(self, row: Appeal) -> dict[str, Any]:
        return _decision_values(values_of_draft(row) | {"refusal": _refusal_lines(row)})

    def seen_values(self) -> dict[str, Any]:
        return _decision_values(self.seen)


class SendBackForm(ApproveForm):
    """Sending back of the words and files that were read, with what is to be changed."""

    words = TextField(
        label=gettext_lazy("What is to be changed"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Who drafted it reads this; the applicant does not."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _decision_values(values: dict[str, Any]) -> dict[str, Any]:
    """Values that a head decides about, read beside the form."""
    return {
        "draft": values["text"],
        "outcome": values["result"],
        "files": values["kept"],
        "refusal": values["refusal"],
    }


def _refusal_lines(appeal: Appeal) -> list[str]:
    """Refused parts of a request in the draft, with reasons."""
    return list(values_of_refusal(appeal).values()) if appeal.is_request else []


class SendForm(AppealForm):
    """Form for the way of sending the answer to the applicant."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it is sent"), choices=Answer.How, widget=forms.RadioSelect
    )
