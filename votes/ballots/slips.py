"""Slips: what the server draws with the form of a secret ballot, and signs.

A slip holds the code of the receipt, the form's own value, whose form it is, of which record, and
the value of the form that filled this record's box when it was drawn. So no client makes a code;
the same form sent twice is known again; and a form that was drawn before a newer vote does not
replace it. Nothing of a slip is kept but, with the vote, its form's value.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Refused, refuse
from votes.models import Invitation, Poll, SecretVoterRecord

NOT_SIGNED = refuse("ballot.form", _("The form is out of date: open it again."))
_SIGNER = signing.Signer(salt="votes.ballots.slips")


@dataclass(frozen=True, slots=True)
class Slip:
    """``whose``: «user:7», or «line:7» of a list; ``number`` of the record, None where it was not
    known; ``before``: the form by which they have voted, None where they have not."""

    poll_id: int
    whose: str
    number: int | None
    before: UUID | None
    form: UUID
    code: UUID | None

    def signed(self) -> str:
        """As it travels with the form."""
        return _SIGNER.sign_object(
            [
                self.poll_id,
                self.whose,
                self.number,
                self.before.hex if self.before else "",
                self.form.hex,
                self.code.hex if self.code else "",
            ]
        )


def draw(poll: Poll, *, whose: str, record: SecretVoterRecord | None) -> Slip:
    """A new slip for a form of this person's."""
    return Slip(
        poll_id=poll.pk,
        whose=whose,
        number=record.number if record else None,
        before=record.form if record else None,
        form=uuid4(),
        code=uuid4() if poll.has_receipts else None,
    )


def read(signed: str, poll: Poll, *, whose: str) -> Slip:
    """The slip that came back. Refuses ``ballot.form``: nobody signed it, or for another poll or
    another person."""
    try:
        poll_id, of, number, before, form, code = _SIGNER.unsign_object(signed)
        slip = Slip(poll_id, of, number, _uuid(before), UUID(form), _uuid(code))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise Refused(NOT_SIGNED) from error
    if slip.poll_id != poll.pk or slip.whose != whose:
        raise Refused(NOT_SIGNED)
    return slip


def _uuid(written: str) -> UUID | None:
    return UUID(written) if written else None


def whose(user_id: int | None, invitation: Invitation | None) -> str:
    """Whose slip it is: who signed in, or who came with a code of a line."""
    return f"line:{invitation.pk}" if invitation is not None else f"user:{user_id}"
