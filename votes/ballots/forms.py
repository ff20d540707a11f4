"""The form of a ballot: every kind of question by controls that need no script and no mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from accounts.paper import codes
from accounts.paper.forms import CodeField
from core.domain.rules import Refused, Verdict
from core.web.forms import RefusableForm, TextField
from votes import methods
from votes.ballots import answers
from votes.ballots.answers import (
    ABSTAIN,
    BEST_SCORE,
    LONGEST_TEXT,
    NO,
    NONE_OF_THESE,
    YES,
    Answer,
    Choices,
)
from votes.models import Option, Poll, Question
from votes.presenters import ShownQuestion

Kind = Question.Kind

#: What is chosen option by option: a control each.
BY_OPTION = frozenset({Kind.RANKED, Kind.SCORE, Kind.POINTS})
#: What is answered by ticking boxes.
TICKED = frozenset({Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE, Kind.APPROVAL})
_YES_NO = [(YES, _("yes")), (NO, _("no")), (ABSTAIN, _("I abstain"))]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the boxes of a question: its option (None: yes, no, none of these) and the control."""

    option: Option | None
    box: BoundWidget


class Asked:
    """A question on the page: the question, its options, and the controls that answer it."""

    def __init__(self, form: BallotForm, question: Question, options: list[Option]) -> None:
        self.form, self.question, self.options = form, question, options

    @property
    def sentence(self) -> str:
        """Instruction for answering, and the way of counting."""
        return methods.sentence(self.question)

    @property
    def name(self) -> str:
        """Name of its control, or the prefix of those of its options."""
        return f"q{self.question.pk}"

    @property
    def by_option(self) -> bool:
        return self.question.kind in BY_OPTION

    @property
    def field(self) -> BoundField:
        """Its one control."""
        return self.form[self.name]

    @property
    def rows(self) -> Iterator[tuple[Option, BoundField]]:
        """Each option with its control."""
        for option in self.options:
            yield option, self.form[f"{self.name}-{option.pk}"]

    @property
    def choices(self) -> Iterator[Choice]:
        """Each box of a question that is answered by ticking."""
        by_value = {str(option.pk): option for option in self.options}
        for box in self.field:
            option = by_value.get(str(box.data["value"]))
            if option is not None and option.says_more:
                box.data["attrs"]["aria-describedby"] = f"{box.id_for_label}-about"
            yield Choice(option, box)

    @property
    def is_ticked(self) -> bool:
        """Whether it is answered by ticking boxes, or (``is_single``) one of them."""
        return self.question.kind in TICKED

    @property
    def is_single(self) -> bool:
        return self.question.kind in (Kind.SINGLE, Kind.YES_NO)

    @property
    def none_field(self) -> BoundField | None:
        """«None of these», where it is a control of its own."""
        return self.form[f"{self.name}-none"] if self._has_none_box else None

    @property
    def error(self) -> str:
        """Error of its answer, in a sentence."""
        return self.form.wrong.get(self.question.pk, "")

    @property
    def _has_none_box(self) -> bool:
        return self.question.none_of_these and self.question.kind not in (Kind.SINGLE, Kind.YES_NO)

    def filled(self, answer: Answer | None) -> dict[str, Any]:
        """Former values of its controls when this was answered before, by name."""
        if answer is None:
            return {}
        if self._has_none_box and answer == NONE_OF_THESE:
            return {f"{self.name}-none": True}
        if self.by_option and isinstance(answer, list):
            return {f"{self.name}-{pk}": place for place, pk in enumerate(answer, 1)}
        if self.by_option and isinstance(answer, dict):
            return {f"{self.name}-{pk}": number for pk, number in answer.items()}
        return {self.name: answer}

    def controls(self) -> dict[str, forms.Field]:
        """Its form fields by name; none is required here: the rule of the ballot says what is."""
        kind, label = self.question.kind, self.question.text
        choices: list[tuple[Any, Any]] = [(option.pk, option.text) for option in self.options]
        if kind == Kind.SINGLE and self.question.none_of_these:
            choices.append((NONE_OF_THESE, _("none of these")))
        made: dict[str, forms.Field] = {}
        if kind in (Kind.SINGLE, Kind.YES_NO):
            made[self.name] = forms.ChoiceField(
                label=label,
                choices=_YES_NO if kind == Kind.YES_NO else choices,
                widget=forms.RadioSelect,
                required=False,
            )
        elif kind in (Kind.MULTIPLE, Kind.APPROVAL):
            made[self.name] = forms.MultipleChoiceField(
                label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
            )
        elif kind == Kind.TEXT:
            made[self.name] = TextField(
                label=label,
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"aria-labelledby": f"{self.name}-title", "rows": 4}),
            )
        else:
            for option in self.options:
                made[f"{self.name}-{option.pk}"] = self._control(option)
        if self._has_none_box:
            made[f"{self.name}-none"] = forms.BooleanField(label=_("none of these"), required=False)
        return made

    def _control(self, option: Option) -> forms.Field:
        if self.question.kind == Kind.POINTS:
            return forms.IntegerField(
                label=option.text,
                min_value=0,
                max_value=self.question.budget,
                required=False,
                widget=forms.NumberInput(
                    attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}
                ),
            )
        if self.question.kind == Kind.SCORE:
            empty, numbers = _("no score"), range(BEST_SCORE + 1)
        else:
            empty, numbers = _("no place"), range(1, len(self.options) + 1)
        return forms.ChoiceField(
            label=option.text,
            choices=[("", empty), *((number, number) for number in numbers)],
            required=False,
        )

    def given(self, cleaned: dict[str, Any]) -> Any:
        """The choice, as votes.ballots.answers.read takes it; None: nothing, or nothing readable.

        Raises ValidationError when two options are given one place.
        """
        if self._has_none_box and cleaned.get(f"{self.name}-none"):
            return NONE_OF_THESE
        if not self.by_option:
            return cleaned.get(self.name)
        values = {option.pk: cleaned.get(f"{self.name}-{option.pk}") for option in self.options}
        chosen = {pk: int(value) for pk, value in values.items() if value not in ("", None)}
        if self.question.kind != Kind.RANKED:
            return chosen
        if len(set(chosen.values())) < len(chosen):
            raise forms.ValidationError(_("Two options have the same place: give each place once."))
        return sorted(chosen, key=lambda pk: chosen[pk])


#: What shuffles the options of a form, as it travels.
_ORDER = re.compile(r"[0-9a-f]{16}")


def shuffle_options(options: list[Option], order: str) -> list[Option]:
    """The options in the order that ``order`` gives them: the same each time."""
    return sorted(options, key=lambda option: sha256(f"{order}:{option.pk}".encode()).digest())


class CodeForm(RefusableForm):
    """A code on paper."""

    # Not "code": that is what the receipt of a secret ballot is called.
    paper_code = CodeField(
        label=_("Code from the letter"),
        help_text=_("20 digits in five groups. Spaces and dashes do not matter."),
        misread=_("The code is mistyped. It has 20 digits: please compare them with the letter."),
        length=codes.DIGITS_ALONE,
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "govuk-input--width-30",
            }
        ),
    )


class BallotForm(RefusableForm):
    """All questions of a poll.

    Where options stand in random order, ``order`` is what this form was shuffled by: it comes back
    with what was filled in, so that they stand as before when the form is shown again. Nothing of
    it is kept.

    ``before`` is what was cast already, where it may be changed: the form starts from that.
    """

    def __init__(
        self,
        data: Any,
        poll: Poll,
        questions: Sequence[ShownQuestion],
        organisations: list[tuple[int, str]] = [],  # noqa: B006 - only read
        *,
        on_paper: bool = False,
        before: Choices | None = None,
    ) -> None:
        super().__init__(data)
        self.poll = poll
        #: Question id -> what is wrong with its answer.
        self.wrong: dict[int, str] = {}
        self.has_order = poll.random_order and not on_paper
        order = self._order() if self.has_order else ""
        self.asked = [
            Asked(
                self, each.question, shuffle_options(each.options, order) if order else each.options
            )
            for each in questions
        ]
        #: In the order of the list, however they stand here.
        self._to_read = [
            answers.asked_question(each.question, [option.pk for option in each.options])
            for each in questions
        ]
        if organisations:
            self.fields["organisation"] = forms.TypedChoiceField(
                label=_("In whose name you vote"), choices=organisations, coerce=int
            )
        for asked in self.asked:
            self.fields.update(asked.controls())
            self.initial.update(asked.filled((before or {}).get(str(asked.question.pk))))

    def carry(self, slip: str) -> None:
        """Let the form of a secret ballot carry what was drawn with it (votes/ballots/slips.py)."""
        self.fields["slip"] = forms.CharField(
            widget=forms.HiddenInput, initial=slip, required=False, max_length=1000
        )

    def _order(self) -> str:
        """Seed by which the options are shuffled: made with the form, or what was made with it."""
        sent = str(self.data.get("order", "")) if self.is_bound else ""
        order = sent if _ORDER.fullmatch(sent) else token_hex(8)
        self.fields["order"] = forms.CharField(
            widget=forms.HiddenInput, initial=order, required=False
        )
        return order

    def clean(self) -> dict[str, Any]:
        """``choices``: the ballot as votes.ballots.answers.read gives it. All that is wrong is told
        at
        once: what no control can hold, and what the ballot's own rules refuse."""
        cleaned = super().clean() or {}
        choices = {}
        for asked in self.asked:
            for name in self.errors:
                if name.partition("-")[0] == asked.name:
                    self.wrong[asked.question.pk] = str(self.errors[name][0])
            try:
                given = asked.given(cleaned)
            except forms.ValidationError as wrong:
                self.mark(asked.question.pk, wrong.messages[0])
                continue
            if given not in (None, "", [], {}):
                choices[str(asked.question.pk)] = given
        try:
            cleaned["choices"] = answers.read(self._to_read, choices)
        except Refused as refusal:
            # What could not even be read is left out above: the ballot is not empty for that.
            if not self.wrong or "questions" in refusal.verdict.params:
                self.refuse(refusal.verdict)
        return cleaned

    def refuse(self, verdict: Verdict) -> None:
        """Show a refusal at the questions that it is about, or above the form."""
        if "questions" not in verdict.params:
            super().refuse(verdict)
        for each in verdict.params.get("questions", ()):
            self.mark(each["question"], str(each["detail"]), each["code"])

    def mark(self, question_id: int, sentence: str, code: str = "") -> None:
        """Say what is wrong with the answer to one question; what was said before stays."""
        if question_id in self.wrong:
            return
        self.wrong[question_id] = sentence
        asked = next(asked for asked in self.asked if asked.question.pk == question_id)
        known = asked.name
        if known not in self.fields:
            known = next(name for name in self.fields if name.startswith(f"{known}-"))
            # What is wrong is wrong with all of them: the summary says the question.
            self[known].label = asked.question.text
        self.add_error(known, forms.ValidationError(sentence, code=code))
