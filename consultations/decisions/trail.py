"""A remark's trail: its words, the disposition, the clause before and after, the vote, execution.

For everybody to read, at the remark's one permanent address. A stage that is not reached yet says
what comes next, and by when. At most six queries, at any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.decisions.models import Decision
from consultations.decisions.presenters import ShownDecision
from consultations.decisions.queries import decision_of, is_decidable
from consultations.decisions.sittings import Sitting, voted_on
from consultations.dispositions.presenters import STATUS, ShownDisposition
from consultations.models import Disposition, Remark, State
from consultations.presenters import ShownConsultation, ShownRemark
from core.domain.calendar import local_date
from core.domain.due import urgency
from drafts.models import Clause, Version
from drafts.versions import difference
from drafts.versions.difference import Op, Segment
from drafts.versions.published import Text, text_of


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the trail: ``state`` done, now, next, late or stop; ``next_words``: what comes
    next and by when, where it is not reached."""

    state: str
    next_words: str = ""
    late_words: str = ""


@dataclass(frozen=True, slots=True)
class ClauseStage(Stage):
    """The clause's stage: ``before`` as it was spoken of, ``after`` as it is in version ``number``;
    ``is_gone``: it is no more in it. ``parts``: the difference, for components/diff.
    """

    before: Clause | None = None
    after: Clause | None = None
    number: int | None = None
    is_gone: bool = False
    parts: tuple[Segment, ...] = ()

    @property
    def has_changed(self) -> bool:
        return any(op is not Op.EQUAL for op, _text in self.parts)


@dataclass(frozen=True, slots=True)
class Trail:
    """All stages of a remark, reached or not."""

    said: Stage
    disposed: Stage
    disposition: Disposition | None
    #: What everybody may read of it: its reason, and of hidden words the checked one alone.
    settled: ShownDisposition | None
    #: The remark with nearly the same words, for which the disposition was given.
    answered_as: Remark | None
    clause: ClauseStage | None
    voted: Stage
    executed: Stage | None
    decided: ShownDecision | None
    #: The vote at which it was decided; before a decision is entered, the last one.
    sitting: Sitting | None = None

    @property
    def disposition_kind(self) -> str:
        return STATUS[Disposition.Kind(self.disposition.kind)] if self.disposition else ""


def trail_of(shown: ShownConsultation, remark: ShownRemark) -> Trail:
    """The trail of a remark that the reader may see."""
    settled = remark.disposition
    found = settled.disposition if settled else None
    decided = decision_of(shown.consultation, shown.now)
    is_withdrawn = shown.state == State.WITHDRAWN
    return Trail(
        said=Stage("done"),
        disposed=_disposition_stage(shown, remark, found),
        disposition=found,
        settled=settled,
        answered_as=found.remark if found and found.remark_id != remark.pk else None,
        clause=None
        if is_withdrawn
        else _clause(shown, remark, None if settled and settled.is_hidden else found, decided),
        voted=_stop_stage() if is_withdrawn else _vote_stage(shown, decided),
        executed=None if is_withdrawn else _execution_stage(decided),
        decided=decided,
        sitting=_sitting(shown, decided),
    )


def _sitting(shown: ShownConsultation, decided: ShownDecision | None) -> Sitting | None:
    """The vote; none before there may be a decision, and none of what was withdrawn."""
    consultation = shown.consultation
    if not is_decidable(consultation) or consultation.withdrawn_at is not None:
        return None
    return voted_on(consultation.pk, decided.decision if decided else None)


def _stop_stage() -> Stage:
    return Stage("stop", _("The consultation was withdrawn: nothing more follows."))


def _disposition_stage(
    shown: ShownConsultation, remark: ShownRemark, found: Disposition | None
) -> Stage:
    consultation = shown.consultation
    if found is not None:
        return Stage("done")
    if not remark.comment.is_visible:
        return Stage("stop", _("It is hidden: what the council says to it is not published."))
    if shown.state == State.WITHDRAWN:
        return _stop_stage()
    if consultation.reported_at is not None:
        return Stage(
            "done", _("The report says what was taken into account of all remarks, and why.")
        )
    due_on = consultation.report_due_on
    if shown.state == State.CLOSED:
        late = urgency(due_on, local_date(shown.now)) if due_on else None
        is_late = late is not None and late.kind == "late"
        words = _("The council says what it takes into account, and why, until %(day)s.")
        return Stage(
            "late" if is_late else "now",
            words % {"day": _day(due_on)} if due_on else _("The report is being prepared."),
            late.words if late and is_late else "",
        )
    if due_on and consultation.last_day:
        words = _(
            "Remarks are accepted until %(last)s; then the council says of each what it takes into "
            "account, and why, until %(day)s."
        )
        return Stage("next", words % {"last": _day(consultation.last_day), "day": _day(due_on)})
    return Stage(
        "next", _("After the close the council says for each one what it takes into account.")
    )


def _clause(
    shown: ShownConsultation,
    remark: ShownRemark,
    found: Disposition | None,
    decided: ShownDecision | None,
) -> ClauseStage | None:
    """The clause before and after; None of a remark that led to no clause."""
    before = remark.remark.clause
    led_to = found.resulting_key if found else None
    key = led_to or remark.remark.listed_key
    if key is None:
        return None
    text = _text_after(shown, remark, decided)
    if text is None:
        is_over = decided is not None and decided.decision.outcome != Decision.Outcome.POSTPONED
        if is_over:
            return ClauseStage("done", _("No other text has been published."), before=before)
        return ClauseStage("next", _after_report(shown), before=before)
    after = text.by_key.get(key)
    if after is None:
        return ClauseStage("done", before=before, number=text.number, is_gone=True)
    was = before.text if before is not None else ""
    parts = tuple(difference.words(was, after.text))
    return ClauseStage("done", before=before, after=after, number=text.number, parts=parts)


def _after_report(shown: ShownConsultation) -> str:
    due_on = shown.consultation.report_due_on
    if shown.consultation.reported_at is None and due_on:
        words = _("The changed text is published with the report, until %(day)s.")
        return words % {"day": _day(due_on)}
    return _("The changed text has not been published yet.")


def _text_after(
    shown: ShownConsultation, remark: ShownRemark, decided: ShownDecision | None
) -> Text | None:
    """The adopted text, else the newest one, where that is later than what was spoken of."""
    consultation = shown.consultation
    if decided is not None and decided.decision.text is not None:
        text_id: int | None = decided.decision.text.pk
    else:
        if shown.text_number is None or shown.text_number == remark.text_number:
            return None
        versions = Version.objects.published().filter(draft=consultation.draft_id)
        text_id = versions.latest_first().values_list("pk", flat=True).first()
    return text_of(text_id) if text_id else None


def _vote_stage(shown: ShownConsultation, decided: ShownDecision | None) -> Stage:
    if decided is not None:
        is_postponed = decided.decision.outcome == Decision.Outcome.POSTPONED
        words = _("The council decides later.") if is_postponed else ""
        return Stage("now" if is_postponed else "done", words)
    if shown.consultation.reported_at is not None:
        return Stage("now", _("The report is published; now the council decides."))
    due_on = shown.consultation.report_due_on
    if due_on is None:
        return Stage("next", _("After the report the council decides."))
    words = _("After the report, which is due by %(day)s, the council decides.")
    return Stage("next", words % {"day": _day(due_on)})


def _execution_stage(decided: ShownDecision | None) -> Stage | None:
    """None of what was not adopted: nothing is to be executed."""
    if decided is None or decided.decision.outcome == Decision.Outcome.POSTPONED:
        return Stage("next", _("What follows from the decision, and by when, will stand here."))
    if decided.decision.outcome == Decision.Outcome.REJECTED:
        return None
    if not decided.steps:
        return Stage("next", _("No steps of execution are named yet."))
    if decided.late:
        return Stage("late")
    return Stage("done" if decided.done == len(decided.steps) else "now")


def _day(day: date) -> str:
    return date_format(day, "j\xa0E Y")


def trail_context(shown: ShownConsultation, remark: ShownRemark) -> dict[str, Any]:
    """Context of consultations/remark_trail.html."""
    return {"trail": trail_of(shown, remark)}
