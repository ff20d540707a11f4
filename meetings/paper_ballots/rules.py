"""Rules of secret ballots on paper. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from meetings.course.rules import as_seen, control
from meetings.models import Kind, PaperBallot, SecretMatter
from meetings.paper_ballots import arithmetic
from meetings.paper_ballots.arithmetic import Figures
from meetings.rules import run

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Meeting

#: A counting commission has so many members at least; two of them enter its figures.
COMMISSION = 3
#: Candidates on a ballot at most.
MOST_OPTIONS = 20
#: What is said of sums that do not add up.
FAULTS: dict[str, str | Promise] = {
    "receipts": _("As many ballots were issued as members are marked in the list."),
    "issued": _("Ballots issued are those in the box and those not put into it together."),
    "in_box": _("Ballots in the box are the valid and the spoiled ones together."),
    "votes": _("The votes of all options together are as many as the valid ballots."),
}


def open_ballot(
    user: Anybody,
    meeting: Meeting,
    *,
    seen_item: int | None,
    is_open: bool,
    calls_roll: bool = False,
) -> Verdict:
    """Begin a secret vote at all: of the council, on the current item, one at a time."""
    return (
        control(user, meeting)
        and refuse_unless(
            meeting.kind == Kind.SESSION,
            "paper_ballot.not_the_council",
            _("Only the council votes secretly, at its session (280/97-ВР art. 59(3))."),
        )
        and as_seen(meeting, seen_item)
        and refuse_unless(
            meeting.current_item_id,
            "paper_ballot.no_item",
            _("Please take up the item of the agenda first."),
        )
        and refuse_unless(
            not is_open,
            "paper_ballot.another_open",
            _("Ballots of another secret vote are being given out on this item."),
        )
        and refuse_unless(
            not calls_roll, "paper_ballot.roll_call_open", _("A roll-call is open already.")
        )
    )


def ask(
    *,
    matter: str,
    kind: str,
    question: str,
    options: Sequence[str],
    commission: Collection[int],
    members: Collection[int],
    repeats: PaperBallot | None,
) -> Verdict:
    """Check a ballot's question, its commission, and the ballot that it repeats: one on the same
    matter that chose nothing, once.
    """
    return (
        refuse_unless(
            matter in SecretMatter.values,
            "paper_ballot.not_secret",
            _("Please choose which of the matters of art. 59(3) it is: others are open votes."),
        )
        and refuse_unless(
            question.strip() and kind in PaperBallot.Kind.values,
            "paper_ballot.question_missing",
            _("Please say what stands on the ballot."),
        )
        and refuse_unless(
            1 <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options),
            "paper_ballot.options",
            _("Please write the candidates, each once, one a line; at most 20."),
        )
        and refuse_unless(
            len(set(commission)) >= COMMISSION and set(commission) <= set(members),
            "paper_ballot.commission",
            _("The counting commission has at least three members of the council."),
        )
        and _repeats(repeats, matter)
    )


def _repeats(former: PaperBallot | None, matter: str) -> Verdict:
    return refuse_unless(
        former is None
        or (
            former.matter == matter
            and former.counted_at is not None
            and former.protocol is not None
            and arithmetic.chosen_option(former, former.protocol.votes) is None
        ),
        "paper_ballot.not_to_repeat",
        _("Only a counted ballot on the same matter that has chosen nothing is repeated."),
    )


def work_on(user: Anybody, meeting: Meeting, *, is_commission: bool) -> Verdict:
    """See the work on a ballot: its commission, and who runs the meeting."""
    return ALLOWED if is_commission else run(user, meeting)


def mark(
    user: Anybody,
    meeting: Meeting,
    ballot: PaperBallot,
    *,
    is_commission: bool,
    is_here: bool,
    is_in_hall: bool,
    is_member: bool,
    has_conflict: bool,
) -> Verdict:
    """Mark that a member received a ballot: one who is in the hall and takes part. ``is_here``:
    noted as present, maybe by videoconference; nobody hands them paper there."""
    return (
        unmark(user, meeting, ballot, is_commission=is_commission)
        and refuse_unless(
            is_member, "paper_ballot.no_member", _("They have no vote in this ballot.")
        )
        and refuse_unless(
            is_here,
            "paper_ballot.not_here",
            _("They are not noted as present: a ballot is given to who is in the hall."),
        )
        and refuse_unless(
            is_in_hall,
            "paper_ballot.by_video",
            _("They take part by videoconference: a ballot is given to who is in the hall."),
        )
        and refuse_unless(
            not has_conflict,
            "paper_ballot.conflict",
            _("They have declared a conflict of interest and do not take part in this item."),
        )
    )


def unmark(user: Anybody, meeting: Meeting, ballot: PaperBallot, *, is_commission: bool) -> Verdict:
    """Change the list of who received a ballot, until the box is opened."""
    return work_on(user, meeting, is_commission=is_commission) and _given_out(ballot)


def seal(
    user: Anybody, meeting: Meeting, ballot: PaperBallot, *, is_commission: bool, receipts: int
) -> Verdict:
    """End the voting and open the box."""
    return unmark(user, meeting, ballot, is_commission=is_commission) and refuse_unless(
        receipts, "paper_ballot.nobody", _("Nobody is marked as having received a ballot.")
    )


def enter(ballot: PaperBallot, *, is_commission: bool, figures: Figures, receipts: int) -> Verdict:
    """Enter the figures of the protocol: a member of the commission, by their own account."""
    return may_enter(ballot, is_commission=is_commission) and _adds_up(
        figures.faults(receipts=receipts, options=len(ballot.options))
    )


def may_enter(ballot: PaperBallot, *, is_commission: bool) -> Verdict:
    """Enter figures at all: once the box is opened, until it is counted."""
    return (
        refuse_unless(
            is_commission,
            "paper_ballot.commission_only",
            _("Only a member of the counting commission enters its figures."),
        )
        and _not_cancelled(ballot)
        and refuse_unless(
            ballot.sealed_at, "paper_ballot.not_sealed", _("The box has not been opened yet.")
        )
        and refuse_unless(
            ballot.counted_at is None,
            "paper_ballot.counted",
            _("Two members have entered the same figures: the ballot is counted."),
        )
    )


def scan(user: Anybody, meeting: Meeting, ballot: PaperBallot) -> Verdict:
    """Add the signed protocol, or another scan of it, until it is published."""
    return (
        run(user, meeting)
        and refuse_unless(
            ballot.counted_at, "paper_ballot.not_counted", _("The ballot is not counted yet.")
        )
        and _not_published(ballot)
    )


def publish(user: Anybody, meeting: Meeting, ballot: PaperBallot) -> Verdict:
    """Publish the result with the signed protocol, once."""
    return scan(user, meeting, ballot) and refuse_unless(
        ballot.scan_id,
        "paper_ballot.scan_missing",
        _("Please add the scan of the protocol that the commission has signed."),
    )


def cancel(user: Anybody, meeting: Meeting, ballot: PaperBallot, *, reason: str) -> Verdict:
    """Annul it with a reason, until it is counted."""
    return (
        run(user, meeting)
        and _not_cancelled(ballot)
        and refuse_unless(
            ballot.counted_at is None,
            "paper_ballot.counted",
            _("Two members have entered the same figures: the ballot is counted."),
        )
        and refuse_unless(
            reason.strip(), "paper_ballot.reason_missing", _("Please give the reason.")
        )
    )


def _adds_up(faults: Iterator[str]) -> Verdict:
    fault = next(faults, "")
    return refuse(f"paper_ballot.{fault}", FAULTS[fault]) if fault else ALLOWED


def _given_out(ballot: PaperBallot) -> Verdict:
    return _not_cancelled(ballot) and refuse_unless(
        ballot.sealed_at is None,
        "paper_ballot.sealed",
        _("The box is opened: nobody receives a ballot any more."),
    )


def _not_cancelled(ballot: PaperBallot) -> Verdict:
    return refuse_unless(
        ballot.cancelled_at is None, "paper_ballot.cancelled", _("This ballot was annulled.")
    )


def _not_published(ballot: PaperBallot) -> Verdict:
    return refuse_unless(
        ballot.published_at is None,
        "paper_ballot.published",
        _("The result is published already."),
    )
