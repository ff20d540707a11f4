"""Remarks, as the page, the desk, the report, the indicators and open data count them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from consultations.checklist.queries import _count_nameless
from consultations.decisions.done import accepted_dispositions
from consultations.desk.load import months_of
from consultations.desk.queries import with_work
from consultations.dispositions import queries as dispositions
from consultations.dispositions.models import ApprovalSetting
from consultations.models import Consultation, Declaration, Disposition, Remark
from consultations.queries import with_display_columns
from consultations.repeats import queries as repeats
from consultations.reports.queries import readiness_of
from core.domain import clock
from core.domain.calendar import local_date
from discussions.models import Comment
from insights.indicators import report
from insights.indicators.measures.consultations import count_remarks, share_accepted
from insights.indicators.measures.participants import count_participants
from insights.indicators.periods import Period, PeriodKind
from moderation import queries as moderation
from portal.home import pages as home
from portal.opendata.tables import consultations as opendata
from tests import factories, people
from tests.endings.counts.accounts import make_residence
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, LONG_AGO, NOW


def _open_consultation() -> SimpleNamespace:
    """One that is open, with a remark into which others are folded."""
    department = people.load_department()
    consultation = factories.consultation(department)
    olena, bohdan, ofi, mo = (people.load(name) for name in ("olena", "bohdan", "ofi", "mo"))
    soon = {"checked_at": clock.now() - DAY, "expires_at": clock.now() + 9 * DAY}
    make_residence(olena, how="letter", **soon)
    at = SimpleNamespace(department=department, consultation=consultation, olena=olena)
    at.bohdan, at.ofi, at.mo, at.today = bohdan, ofi, mo, local_date(clock.now())
    at.organisation = factories.organisation()
    at.head, at.hidden_head = say(at, bohdan), say(at, bohdan)
    say(at, bohdan, folded_into=at.head)
    _settle(at.head, at, kind="rejected")
    write(Comment, at.hidden_head.comment_id, **HIDDEN, hidden_by=mo)
    ApprovalSetting.objects.create(department=department, needs_another_person=True)
    write(Consultation, consultation.pk, asks_full_name=True)
    consultation.refresh_from_db()
    return at


def say(at: Any, author: Any, **fields: Any) -> Remark:
    """A remark with its number, as rows."""
    thread = at.consultation.thread
    words = {"text": "слово", "html": "<p>слово</p>", "thread": thread, "author": author}
    number = Remark.objects.filter(consultation=at.consultation).count() + 1
    return Remark.objects.create(
        comment=Comment.objects.create(**words),
        consultation=at.consultation,
        number=number,
        **fields,
    )


def _write(**values: Any) -> Any:
    return lambda row, at: write(Comment, row.comment_id, **values)


HIDDEN = {"hidden_at": NOW, "hidden_reason": "spam", "hidden_note": "так"}
HELD = {**HIDDEN, "hidden_reason": "held"}


def _hide(row: Remark, at: Any) -> None:
    write(Comment, row.comment_id, **HIDDEN, hidden_by=at.mo)


def _fold(row: Remark, at: Any, **values: Any) -> None:
    write(Remark, row.pk, folded_into=at.head)
    if values:
        write(Comment, row.comment_id, **values)


def _reply(row: Remark, at: Any, **values: Any) -> None:
    """The council answers; ``values``: what became of the answer."""
    words = {"text": "відповідь", "html": "<p>відповідь</p>", "thread": at.consultation.thread}
    made = Comment.objects.create(
        author=at.ofi, is_official=True, parent_id=row.comment_id, **words
    )
    if values:
        write(Comment, made.pk, **values)
    else:
        write(Comment, row.comment_id, is_answered=True)


def _settle(row: Remark, at: Any, *, kind: str = "partly", is_approved: bool = True) -> None:
    made = factories.settle(row, kind, by=at.ofi)
    if is_approved:
        write(Disposition, made.pk, approved_at=NOW, approved_by=at.mo)


def _settle_then(**of_comment: Any) -> Any:
    def bring(row: Remark, at: Any) -> None:
        _settle(row, at)
        write(Comment, row.comment_id, **of_comment)

    return bring


def _load(at: Any) -> dict[str, int]:
    found = months_of(at.ofi)
    return {
        "remarks": sum(each.remarks for each in found),
        "replied": sum(each.replied for each in found),
    }


def _work(at: Any) -> dict[str, int]:
    row: Any = with_work(Consultation.objects.filter(pk=at.consultation.pk)).get()
    return {"open_rows": row.open_rows, "unreplied": row.unreplied}


def _ready(at: Any) -> dict[str, int]:
    found = readiness_of(at.consultation)
    names = ("gaps_total", "held", "unapproved", "unnumbered", "remarks_total")
    return {name: getattr(found, name) for name in names}


def _repeats_of_head(at: Any) -> int:
    row: Any = with_display_columns(Remark.objects.filter(pk=at.head.pk)).get()
    return int(row.repeats)


def _rows_by_state(at: Any) -> dict[str, int]:
    return dispositions.counts_by_state(dispositions.rows_of(at.consultation))


def _period(at: Any) -> Period:
    return Period.of(PeriodKind.QUARTER, at.today)


def _outcomes(at: Any) -> dict[str, int]:
    found = report.outcomes_of([at.consultation]).get(at.consultation.procedure_id, {})
    names = ("received", "not_considered", "partly", "rejected", "undecided")
    return {name: found.get(name, 0) for name in names}


def _forms(at: Any) -> int:
    (found,) = [
        each for each in report.forms_of(at.today.year, [at.consultation]) if each.procedure
    ]
    return found.participants


#: States in which everybody reads its words.
_SHOWN = (
    "ordinary folded folded-hidden-head replied reply-hidden decided approved unnumbered"
    " declared of-organisation long-ago"
)
_HIDDEN = " hidden held folded-hidden approved-hidden"
_DELETED = " deleted folded-deleted approved-deleted"
_FOLDED = {"folded", "folded-hidden", "folded-deleted", "folded-hidden-head"}
_LATELY = _SHOWN.replace(" long-ago", "")
#: With a row of its own in the table of dispositions.
_ROWS = " ".join(state for state in (_SHOWN + _HIDDEN).split() if state not in _FOLDED)
_UNDECIDED = "ordinary replied reply-hidden unnumbered declared of-organisation long-ago hidden"
_GAPS = f"{_UNDECIDED} folded-hidden-head"

_FIGURES = (
    Figure(
        "consultations/querysets.py RemarkQuerySet.public",
        lambda at: Remark.objects.public(),
        _SHOWN,
    ),
    Figure(
        "consultations/querysets.py RemarkQuerySet.visible_to",
        lambda at: Remark.objects.visible_to(at.mo),
        _SHOWN + _HIDDEN,
    ),
    Figure(
        "consultations/querysets.py RemarkQuerySet.visible_to · a resident",
        lambda at: Remark.objects.visible_to(at.olena),
        _SHOWN,
    ),
    Figure(
        "consultations/querysets.py RemarkQuerySet.hidden",
        lambda at: Remark.objects.hidden(),
        _HIDDEN,
    ),
    Figure(
        "consultations/querysets.py RemarkQuerySet.unfolded",
        lambda at: Remark.objects.unfolded(),
        f"{_ROWS} deleted approved-deleted",
    ),
    Figure(
        "consultations/querysets.py RemarkQuerySet.listed",
        lambda at: Remark.objects.listed(),
        _SHOWN + _HIDDEN,
    ),
    Figure(
        "discussions/querysets.py CommentQuerySet.public",
        lambda at: Comment.objects.public(),
        f"{_SHOWN} replied",
    ),
    Figure(
        "discussions/querysets.py CommentQuerySet.visible_to",
        lambda at: Comment.objects.visible_to(at.mo),
        f"{_SHOWN}{_HIDDEN} replied reply-hidden",
    ),
    Figure(
        "discussions/querysets.py CommentQuerySet.moderated_by",
        lambda at: Comment.objects.moderated_by(at.mo),
        f"{_SHOWN}{_HIDDEN}{_DELETED} replied reply-hidden",
    ),
    Figure(
        "discussions/querysets.py CommentQuerySet.top",
        lambda at: Comment.objects.top(),
        _SHOWN + _HIDDEN + _DELETED,
    ),
    Figure(
        "consultations/desk/load.py _count_replies",
        _load,
        {"remarks": _SHOWN, "replied": "replied"},
    ),
    Figure(
        "consultations/desk/queries.py _number_in",
        _work,
        {"open_rows": f"{_GAPS} decided", "unreplied": _SHOWN.replace(" replied", "")},
    ),
    Figure(
        "consultations/dispositions/queries.py counts_by_state",
        _rows_by_state,
        {
            "all": _ROWS,
            "empty": f"{_UNDECIDED} held",
            "decided": "decided",
            "approved": "approved approved-hidden",
            "unchecked": "approved-hidden",
        },
    ),
    Figure(
        "consultations/dispositions/queries.py counts_by_kind",
        lambda at: sum(dispositions.counts_by_kind(at.consultation).values()),
        "approved approved-hidden folded folded-hidden",
    ),
    Figure(
        "consultations/reports/queries.py readiness_of",
        _ready,
        {
            "gaps_total": _GAPS,
            "held": "held",
            "unapproved": f"{_UNDECIDED} decided",
            "unnumbered": "unnumbered",
            "remarks_total": _SHOWN + _HIDDEN,
        },
    ),
    Figure(
        "consultations/reports/queries.py _count_unapproved",
        lambda at: readiness_of(at.consultation).unapproved,
        f"{_UNDECIDED} decided",
    ),
    Figure(
        "consultations/checklist/queries.py _count_nameless",
        lambda at: _count_nameless(at.consultation),
        _SHOWN.replace(" declared of-organisation", ""),
    ),
    Figure(
        "consultations/queries.py _number_of_repeats",
        _repeats_of_head,
        "folded",
    ),
    Figure(
        "consultations/repeats/queries.py _repeated_remarks",
        lambda at: sum(each.repeats for each in repeats.most_said(at.consultation.pk)),
        "folded",
    ),
    Figure(
        "consultations/repeats/queries.py groups_of",
        lambda at: sum(each.repeats for each in repeats.groups_of(at.consultation.pk, "")),
        "folded folded-hidden folded-hidden-head",
    ),
    Figure(
        "insights/indicators/measures/consultations.py count_remarks",
        lambda at: count_remarks(_period(at))[0].value,
        _LATELY,
    ),
    Figure(
        "insights/indicators/measures/consultations.py share_accepted",
        # 0 of 1, or 1 of 2.
        lambda at: share_accepted(_period(at))[0].value // 50,
        "approved approved-hidden",
    ),
    Figure(
        "insights/indicators/measures/participants.py -",
        lambda at: count_participants(_period(at))[0].value,
        _LATELY,
    ),
    Figure(
        "insights/indicators/report.py outcomes_of",
        _outcomes,
        {
            "received": _SHOWN + _HIDDEN,
            "not_considered": _HIDDEN,
            "partly": "approved",
            "rejected": "folded",
            "undecided": f"{_UNDECIDED.replace(' hidden', '')} decided folded-hidden-head",
        },
    ),
    Figure("insights/indicators/report.py forms_of", _forms, _SHOWN),
    Figure(
        "portal/home/pages.py _spoken_lately",
        lambda at: home._count_spoken_lately().get(at.consultation.pk),
        _LATELY,
    ),
    Figure(
        "portal/opendata/tables/consultations.py _remarks",
        lambda at: opendata._remarks(),
        _SHOWN + _HIDDEN,
    ),
    Figure(
        "portal/opendata/tables/consultations.py _dispositions",
        lambda at: sum(row[-1] for row in opendata._dispositions()),
        "folded folded-hidden",
    ),
    Figure(
        "portal/opendata/tables/consultations.py _dispositions · rows",
        lambda at: opendata._dispositions(),
        "approved approved-hidden",
    ),
    Figure(
        "consultations/decisions/done.py accepted_dispositions",
        lambda at: accepted_dispositions(),
        "approved",
    ),
    Figure(
        "moderation/queries.py OF_COMMENTS",
        lambda at: {name: rows(at.mo) for name, (rows, _order) in moderation.OF_COMMENTS.items()},
        {"newest": _SHOWN, "hidden": _HIDDEN.replace(" held", " reply-hidden")},
    ),
)

REMARKS = Kind(
    "a remark in an open consultation",
    _open_consultation,
    lambda at: say(at, at.olena),
    {
        "hidden": _hide,
        "held": _write(**HELD),
        "deleted": _write(deleted_at=NOW),
        "folded": _fold,
        "folded-hidden": lambda row, at: _fold(row, at, **HIDDEN, hidden_by=at.mo),
        "folded-deleted": lambda row, at: _fold(row, at, deleted_at=NOW),
        "folded-hidden-head": lambda row, at: write(Remark, row.pk, folded_into=at.hidden_head),
        "replied": _reply,
        "reply-hidden": lambda row, at: _reply(row, at, **HIDDEN, hidden_by=at.mo),
        "decided": lambda row, at: _settle(row, at, is_approved=False),
        "approved": _settle,
        "approved-hidden": _settle_then(**HIDDEN),
        "approved-deleted": _settle_then(deleted_at=NOW),
        "unnumbered": lambda row, at: write(Remark, row.pk, number=None),
        "declared": lambda row, at: Declaration.objects.create(remark=row, full_name="Коваль О."),
        "of-organisation": lambda row, at: write(
            Comment, row.comment_id, organisation=at.organisation
        ),
        "long-ago": _write(created_at=LONG_AGO),
    },
    _FIGURES,
)
KINDS = (REMARKS,)
