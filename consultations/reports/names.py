"""Names of participants in a report, by the rule of the procedure (ADR 54).

Some procedures ask for the full name, which is published, and for a contact, which is not (law
3841-IX art. 15): both are asked where one writes and stored with the remark. All others publish
the public name that the person chose, as the pages do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext_lazy as _

from consultations.reports.models import LONGEST_CONTACT, LONGEST_NAME, Declaration
from core.domain.rules import reject
from discussions.models import cite

if TYPE_CHECKING:
    from consultations.models import Consultation, Remark


class Declared(TypedDict):
    """What somebody declared of themselves; "" where nothing is asked."""

    full_name: str
    contact: str


def check_declared(consultation: Consultation, *, full_name: str, contact: str) -> Declared:
    """What is kept of a declaration: nothing where the consultation asks for none.

    Refuses with ``remark.full_name_missing``, ``remark.contact_missing`` and
    ``remark.declared_too_long``.
    """
    if not consultation.asks_full_name:
        return {"full_name": "", "contact": ""}
    full_name, contact = " ".join(full_name.split()), " ".join(contact.split())
    if len(full_name.split()) < 2:
        reject(
            "remark.full_name_missing",
            _("This procedure asks for your full name: at least the first and the last name."),
        )
    if not contact:
        reject(
            "remark.contact_missing",
            _("This procedure asks for an e-mail or a telephone; it is not published."),
        )
    if len(full_name) > LONGEST_NAME or len(contact) > LONGEST_CONTACT:
        reject("remark.declared_too_long", _("The name or the contact is too long."))
    return {"full_name": full_name, "contact": contact}


def declare(remark: Remark, *, full_name: str, contact: str) -> None:
    """Store a declaration with its remark; nothing where nothing is declared."""
    if full_name:
        Declaration.objects.create(remark=remark, full_name=full_name, contact=contact)


def published_name(remark: Remark, *, full_names: bool) -> str:
    """Whose proposal it is, as the report says it.

    ``remark``: with its comment's author and organisation, and its declaration where there is one.
    """
    comment = remark.comment
    if not full_names:
        return comment.voice
    if comment.organisation is not None:
        return cite(comment.organisation)
    declaration = getattr(remark, "declaration", None)
    return declaration.full_name if declaration is not None else comment.voice
