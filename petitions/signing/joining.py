"""One living person has one signature on a petition, in whichever of her accounts she gave it."""

from __future__ import annotations

from accounts.models import User
from petitions.counting import recount_soon
from petitions.models import Signature
from petitions.signing.actions import withdraw_rows
from petitions.signing.reading import signed_by


def adopt(user: User) -> None:
    """Make what she signed by mail from her mailbox her account's as well: an account that loses
    its address is known by nothing else. What it has signed itself is left alone."""
    nobodys = signed_by(user).filter(user=None)
    own = Signature.objects.filter(user=user).values("petition")
    nobodys.exclude(petition__in=own).update(user=user)


def count_once(kept: User, gone: User) -> None:
    """Give ``kept`` what ``gone`` has signed, by account or by mail. Where both have signed, the
    signature of ``kept`` stands as it is and the other is taken back; a recount follows.

    Of an account that was erased nothing is shown under the name that ``kept`` goes by: she did not
    want it under hers. Call it inside the action that joins the two.
    """
    adopt(kept)
    signed = set(Signature.objects.filter(user=kept).values_list("petition", flat=True))
    double: list[Signature] = []
    once: list[Signature] = []
    for signature in signed_by(gone).order_by("pk"):
        (double if signature.petition_id in signed else once).append(signature)
        signed.add(signature.petition_id)
    withdraw_rows(double)
    moved = Signature.objects.filter(pk__in=[signature.pk for signature in once])
    if gone.erased_at:
        moved.update(user=kept, name_withheld=True)
    else:
        moved.update(user=kept)
    for signature in double:
        recount_soon(signature.petition_id)
