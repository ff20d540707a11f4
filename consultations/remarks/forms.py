"""Forms of the public pages. They gather what was said; the rules judge it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from consultations.models import LONGEST_QUOTE, Remark
from consultations.presenters import ShownAnswer
from consultations.reports.models import LONGEST_CONTACT, LONGEST_NAME
from consultations.rules import ANSWERED_MEANWHILE
from core.domain.rules import Verdict
from core.web.form_drafts import SessionDraft
from core.web.forms import RefusableForm, TextField, offer_choices
from discussions.models import LONGEST, LONGEST_INTEREST, cite
from discussions.rules import NO_MANDATE_WORDS
from drafts.clauses.anchors import Selector
from drafts.clauses.keys import range_of
from drafts.models import Clause
from drafts.versions.published import Text
from organisations.models import Organisation

#: The choice to speak in one's own name.
MYSELF = "self"


def _words(label: Any, rows: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(
        label=label, max_length=LONGEST, required=required, widget=widget, help_text=help_text
    )


def _interest() -> forms.CharField:
    return forms.CharField(
        label=_("Your interest in the matter, if you have one"),
        max_length=LONGEST_INTEREST,
        required=False,
        help_text=_("What you or your organisation gain or lose by it. Everybody will read it."),
    )


#: What the form says of organisations that are not confirmed yet.
WAITING = _(
    "A remark for an organisation that waits for confirmation is shown to nobody before that. It "
    "counts from the moment you send it, even if the confirmation comes after the close."
)


class VoiceField(forms.TypedChoiceField):
    """In whose name somebody speaks; its template asks for the choice again (``again``)."""

    again = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.template_name = "components/voice_choice.html"


class SpokenForm(RefusableForm):
    """Words that are said in somebody's name: one's own, or an organisation's.

    ``by`` is who speaks, ``organisations`` are those that they may speak for now, or for which they
    may send what waits until these are confirmed; the choice is there for whom it is one. Who was
    ``offered`` a choice says what they chose, also when meanwhile nothing is left to choose from:
    words never appear under another name than was meant. ``business``: the draft regulates
    business, so organisations come first, and a single one is chosen beforehand. ``again``: the
    query with which an open page asks for the choice again (views.voice_choice).
    """

    organisation = VoiceField(
        label=_("I speak"),
        coerce=lambda value: None if value == MYSELF else int(value),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose in whose name you speak."),
            "invalid_choice": NO_MANDATE_WORDS,
        },
    )
    #: The choice was offered.
    asked = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    interest = _interest()

    def __init__(
        self,
        *args: Any,
        by: Any,
        organisations: list[Organisation],
        offered: bool = False,
        business: bool = False,
        again: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = offered or bool(self.data.get("asked") or self.data.get("organisation"))
        #: Whether what is said may have to wait for an organisation to be confirmed.
        self.may_wait = any(each.confirmed_at is None for each in organisations)
        if organisations or offered:
            offer_choices(self, "organisation", _voices(by, organisations, business=business))
            choice = self.fields["organisation"]
            choice.help_text = WAITING if self.may_wait else ""
            if isinstance(choice, VoiceField):
                choice.again = again
            self.initial = {
                "organisation": _offered_first(organisations, business=business),
                "asked": "1",
                **self.initial,
            }
        else:
            del self.fields["organisation"], self.fields["asked"]

    def spoken(self) -> dict[str, Any]:
        """The arguments of an action that say who speaks."""
        data = self.cleaned_data
        return {"organisation_id": data.get("organisation"), "interest": data["interest"]}


def _voices(
    by: Any, organisations: list[Organisation], *, business: bool
) -> list[tuple[int | str, str]]:
    oneself = (MYSELF, _("for myself: %(name)s") % {"name": by.public_name})
    others = [(each.pk, _spoken_for(each)) for each in organisations]
    return [*others, oneself] if business else [oneself, *others]


def _spoken_for(organisation: Organisation) -> str:
    name = {"name": cite(organisation)}
    if organisation.confirmed_at is None:
        return _("on behalf of %(name)s (waits for confirmation)") % name
    return _("on behalf of %(name)s") % name


def _offered_first(organisations: list[Organisation], *, business: bool) -> int | str:
    """The default voice: oneself; on a draft about business the organisation, or nothing where
    there are several.
    """
    if not business or not organisations:
        return MYSELF
    return organisations[0].pk if len(organisations) == 1 else ""


#: A remark that could not be published yet, while its author gets what they lack elsewhere.
UNSENT = SessionDraft("unsent_remark")


def keep_key(user_id: int, consultation_id: int, clause_key: UUID | str | None) -> str:
    """The key by which a device keeps the words of a remark (core.web.form_drafts)."""
    return f"remark:{user_id}:{consultation_id}:{clause_key or ''}"


#: Said at the full name that stands with the proposal (ADR 97).
PUBLISHED_WITH = _(
    "Your full name will be published beside the proposal, at once and for at least five years "
    "(law 3841-IX, art. 15): on this page, in open data and in the report. Of an organisation its "
    "name, code and location are published, and you are its contact person."
)


class RemarkForm(SpokenForm):
    """Form for a remark on the draft, a clause, or selected words of a clause."""

    marks_optional = False  # what is needed depends on the kind
    refused_at = {
        "remark.full_name_missing": "full_name",
        "remark.patronymic_missing": "full_name",
        "remark.contact_missing": "contact",
    }
    field_order = (
        *("organisation", "kind", "text", "proposal", "interest"),
        *("full_name", "no_patronymic", "contact"),
    )

    kind = forms.ChoiceField(label=_("What is it?"), choices=Remark.Kind, widget=forms.RadioSelect)
    text = _words(_("Your words"), 6, help_text=_("Everybody will read them under your name."))
    proposal = _words(
        _("The wording that you propose"),
        6,
        required=False,
        help_text=_("Change the clause’s text; the difference will be shown."),
    )
    full_name = forms.CharField(
        label=_("Your full name"),
        max_length=LONGEST_NAME,
        help_text=_("The law asks for it: it is published in the report beside your proposal."),
    )
    no_patronymic = forms.BooleanField(label=_("I have no patronymic"), required=False)
    contact = forms.CharField(
        label=_("Your e-mail or telephone"),
        max_length=LONGEST_CONTACT,
        help_text=_("It is never published: only officers of this consultation see it."),
    )
    clause = forms.CharField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    exact = forms.CharField(required=False, max_length=LONGEST_QUOTE, widget=forms.HiddenInput)
    suffix = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, strip=False)

    def __init__(
        self,
        *args: Any,
        text: Text | None,
        initial: dict[str, Any],
        asks_full_name: bool = False,
        names_with_proposals: bool = False,
        **kw: Any,
    ) -> None:
        initial.setdefault("kind", Remark.Kind.REMARK)
        super().__init__(*args, initial=initial, **kw)
        if asks_full_name:
            by = kw["by"]
            self.initial.setdefault("full_name", by.get_full_name())
            self.initial.setdefault("contact", by.email)
        else:
            del self.fields["full_name"], self.fields["contact"]
        if names_with_proposals:
            family_first = f"{kw['by'].family_name} {kw['by'].given_name}".strip()
            self.initial["full_name"] = initial.get("full_name") or family_first
            self.fields["full_name"].label = _("Your surname, given name and patronymic")
            self.fields["full_name"].help_text = PUBLISHED_WITH
            self.fields["text"].help_text = _("Everybody will read them under your full name.")
        else:
            del self.fields["no_patronymic"]
        if "organisation" in self.fields:
            named = _("Everybody will read them under the name chosen above.")
            self.fields["text"].help_text = named
        # Not an attribute of the class: a form's own prefix is one.
        self.fields["prefix"] = forms.CharField(
            required=False, max_length=64, widget=forms.HiddenInput, strip=False
        )
        self.about = self._clause_in(text)
        if self.about:
            self.initial["clause"] = self.about.short_key
        if self.about is None or not self.about.text:
            del self.fields["proposal"]
            kinds = [choice for choice in Remark.Kind.choices if choice[0] != Remark.Kind.WORDING]
            offer_choices(self, "kind", kinds)
        else:
            self.initial.setdefault("proposal", self.about.text)
            self.fields["text"].required = False

    def _clause_in(self, text: Text | None) -> Clause | None:
        asked = self.data.get("clause") or self.initial.get("clause") or ""
        return text.find(str(asked)) if text else None

    @property
    def quoted(self) -> str:
        """The words it is about, where some were selected."""
        return str(self.data.get("exact") or self.initial.get("exact") or "")

    def clean_clause(self) -> str:
        asked = str(self.cleaned_data["clause"])
        if asked and range_of(asked) is None:
            raise forms.ValidationError(_("There is no such clause in this draft."))
        return asked

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wording = data.get("kind") == Remark.Kind.WORDING
        if not wording and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write something."))
        if wording and self.about and data.get("proposal", "").strip() == self.about.text.strip():
            self.add_error("proposal", _("This is the clause’s text as it is: change it."))
        return data

    def remark(self) -> dict[str, Any]:
        """The arguments of ``actions.remark`` that say what is said."""
        data = self.cleaned_data
        quote = None
        if self.about and data["exact"] and data["start"] is not None and data["end"] is not None:
            quote = Selector(
                data["start"], data["end"], data["exact"], data["prefix"], data["suffix"]
            )
        return {
            "kind": data["kind"],
            "text": data["text"],
            "proposal": data.get("proposal", ""),
            "clause_id": self.about.pk if self.about else None,
            "quote": quote,
            "full_name": data.get("full_name", ""),
            "contact": data.get("contact", ""),
            "no_patronymic": data.get("no_patronymic", False),
            **self.spoken(),
        }


class OfficialReplyForm(RefusableForm):
    """A form that may reply for the council: it carries the newest official reply that its page
    shows, so that nobody adds to one that they have not read."""

    seen = forms.IntegerField(
        required=False, min_value=0, widget=forms.HiddenInput(attrs={"id": False})
    )

    def show_replies(self, replies: Iterable[ShownAnswer]) -> None:
        """Carry the newest of ``replies``, which the page shows: when it is drawn, and again when
        the officer was told of one."""
        newest = max((reply.answer.pk for reply in replies), default=0)
        self.initial["seen"] = newest
        if self.is_answered_meanwhile:
            self.data = cast(Any, self.data).copy()
            cast(Any, self.data)[self.add_prefix("seen")] = newest

    @property
    def is_answered_meanwhile(self) -> bool:
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, ANSWERED_MEANWHILE)

    @property
    def status(self) -> int:
        return 409 if self.is_answered_meanwhile else super().status


class ReplyForm(OfficialReplyForm, SpokenForm):
    """An answer to a remark; ``official``: in the council's name."""

    marks_optional = False  # as in RemarkForm
    field_order = ("organisation", "text", "interest", "official")

    text = _words(_("Your reply"), 4)
    official = forms.BooleanField(label=_("This is the council’s official reply"), required=False)

    def show_official(self, may_answer: Verdict | bool) -> None:
        """Show the box of official replies to whoever may tick it, or has ticked it."""
        if not may_answer and not self.data.get("official"):
            del self.fields["official"]


class EditForm(RefusableForm):
    """One's own remark, for 15 minutes."""

    marks_optional = False  # as in RemarkForm

    text = _words(_("Your words"), 6, required=False)
    proposal = _words(_("The wording that you propose"), 6, required=False)
    interest = _interest()

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        comment = remark.comment
        kwargs["initial"] = {
            "text": comment.text,
            "proposal": comment.proposal,
            "interest": comment.interest,
        }
        super().__init__(*args, **kwargs)
        if remark.kind != Remark.Kind.WORDING:
            del self.fields["proposal"]


class ReactionForm(forms.Form):
    """Agree (1), disagree (−1), or take it back (0)."""

    value = forms.TypedChoiceField(choices=[(1, "+"), (-1, "−"), (0, "0")], coerce=int)
