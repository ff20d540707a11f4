"""Rules of amendments. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse_unless
from meetings.amendments.groups import State
from meetings.course.rules import control
from meetings.models import Amendment, Item
from meetings.presence.rules import member
from meetings.rules import run, vote_as

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import AdoptedText, Deputy, Meeting

_Kind = Amendment.Kind


def propose(
    user: Anybody, meeting: Meeting, item: Item, deputy: Deputy | None, *, is_member: bool
) -> Verdict:
    """Enter amendments at all: the office, or a deputy by their own account, until the item is
    taken up; from then on who runs the meeting, for whoever moves it aloud."""
    own = vote_as(user, deputy) if deputy is not None else run(user, meeting)
    is_runner = bool(run(user, meeting))
    return (
        (ALLOWED if is_runner else own)
        and refuse_unless(
            meeting.body_id and meeting.published_at,
            "amendment.of_no_body",
            _("Amendments are moved at an announced meeting of a body that votes."),
        )
        and refuse_unless(
            meeting.closed_at is None
            and meeting.cancelled_at is None
            and item.state in (Item.State.PLANNED, Item.State.CURRENT),
            "amendment.too_late",
            _("This item has been considered, or is not to be."),
        )
        and refuse_unless(
            is_runner or item.opened_at is None,
            "amendment.taken_up",
            _("The item is taken up: move the amendment aloud, the secretary enters it."),
        )
        and (member(is_member=is_member) if deputy is not None else ALLOWED)
    )


def write(*, kind: str, text: str, mover: str, has_deputy: bool, is_of_draft: bool) -> Verdict:
    """Check an amendment's content: one clause of the last published version, new words unless it
    removes it, and its mover.
    """
    return (
        refuse_unless(
            is_of_draft,
            "amendment.another_text",
            _("Please choose a clause of the last published version of the draft."),
        )
        and refuse_unless(
            kind in _Kind.values, "amendment.kind", _("Please choose what the amendment does.")
        )
        and refuse_unless(
            bool(text.strip()) == (kind != _Kind.REMOVE),
            "amendment.words",
            _("Please give the words; to remove a clause takes none."),
        )
        and refuse_unless(
            has_deputy != bool(mover.strip()),
            "amendment.mover",
            _("Please say who moves it: a member, or somebody else, not both."),
        )
    )


def withdraw(user: Anybody, meeting: Meeting, amendment: Amendment, *, is_voted: bool) -> Verdict:
    """Withdraw it on the word of who moved it, until it is put to the vote, or again once that was
    annulled (``is_voted``: by one that is not)."""
    return (
        run(user, meeting)
        and refuse_unless(meeting.closed_at is None, "meeting.closed", _("The meeting is over."))
        and _not_withdrawn(amendment)
        and _not_voted(is_voted=is_voted)
    )


def mark(user: Anybody, meeting: Meeting, amendment: Amendment, *, is_voted: bool) -> Verdict:
    """Mark an insertion as one that can stand beside others; new words or a removal cannot."""
    return withdraw(user, meeting, amendment, is_voted=is_voted) and refuse_unless(
        amendment.kind == _Kind.INSERT,
        "amendment.excludes_others",
        _("Only an insertion can stand beside another amendment to the same clause."),
    )


def put_to_vote(
    user: Anybody, meeting: Meeting, amendment: Amendment, *, state: State, is_next: bool
) -> Verdict:
    """Put it to the vote in its turn, while its item is considered."""
    return (
        control(user, meeting)
        and refuse_unless(
            amendment.item_id == meeting.current_item_id,
            "amendment.another_item",
            _("Please take up the item of the amendment first."),
        )
        and _not_withdrawn(amendment)
        and _not_voted(is_voted=state not in (State.WAITING, State.CLOSED))
        and in_turn(state=state, is_next=is_next)
    )


def in_turn(*, state: State, is_next: bool) -> Verdict:
    """It is its turn among the amendments to its clause, also when an annulled vote is repeated."""
    return refuse_unless(
        state != State.CLOSED,
        "amendment.closed",
        _("Another amendment to this clause is adopted: this one is not put to the vote."),
    ) and refuse_unless(
        is_next,
        "amendment.not_in_turn",
        _("Another amendment to this clause is voted on before it."),
    )


def compose(
    user: Anybody,
    meeting: Meeting,
    *,
    adopted: int,
    is_undecided: bool,
    is_newest: bool,
    has_other_preview: bool,
    composed: AdoptedText | None,
) -> Verdict:
    """Compose the text of what is adopted, once nothing waits; again until it is published."""
    return (
        run(user, meeting)
        and refuse_unless(
            composed is None or composed.published_at is None,
            "amendment.text_published",
            _("The text with the amendments is published already."),
        )
        and refuse_unless(
            not is_undecided,
            "amendment.undecided",
            _("Some amendments still wait for their vote."),
        )
        and refuse_unless(adopted, "amendment.none_adopted", _("No amendment is adopted."))
        and refuse_unless(
            is_newest,
            "amendment.another_version",
            _("A newer version of the draft was published since the amendments were moved."),
        )
        and refuse_unless(
            not has_other_preview,
            "amendment.other_preview",
            _("Officers prepare another version of this draft. Please finish it with them first."),
        )
    )


def publish(
    user: Anybody, meeting: Meeting, composed: AdoptedText | None, *, is_outdated: bool
) -> Verdict:
    """Publish the composed text, once; nothing becomes an act without this. ``is_outdated``: an
    amendment was voted, annulled or withdrawn since it was composed."""
    return (
        run(user, meeting)
        and refuse_unless(composed, "amendment.not_composed", _("The text is not composed yet."))
        and refuse_unless(
            composed is not None and composed.published_at is None,
            "amendment.text_published",
            _("The text with the amendments is published already."),
        )
        and refuse_unless(
            not is_outdated,
            "amendment.text_outdated",
            _("What became of the amendments has changed since. Please compose the text anew."),
        )
    )


def _not_withdrawn(amendment: Amendment) -> Verdict:
    return refuse_unless(
        amendment.withdrawn_at is None, "amendment.withdrawn", _("It was withdrawn.")
    )


def _not_voted(*, is_voted: bool) -> Verdict:
    return refuse_unless(
        not is_voted, "amendment.voted", _("This amendment has been put to the vote.")
    )
