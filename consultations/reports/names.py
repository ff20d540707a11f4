"""Names of participants, by the rule of the procedure (ADR 54, ADR 97).

Some procedures ask for the full name, which is published, and for a contact, which is not (law
3841-IX art. 15): both are asked where one writes and stored with the remark. The full name stands
with the proposal where ``Consultation.names_with_proposals``, and in the report of all that ask for
it. All others publish the public name that the person chose, as the pages do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, CharField, F, When
from django.utils.translation import gettext_lazy as _

from consultations.reports.models import LONGEST_CONTACT, LONGEST_NAME, Declaration
from core.domain.rules import reject
from discussions.models import cite

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from consultations.models import Consultation, Remark


class Declared(TypedDict):
    """Declared data of a person; "" where nothing is asked."""

    full_name: str
    contact: str


def shown_full_name(remark: str = "") -> Combinable:
    """The full name that stands with a proposal, None where its public name does: for a query of
    remarks, or of rows from which ``remark`` leads there ("remark__").

    An organisation is named itself, and whoever speaks for it by their public name.
    """
    return Case(
        When(
            **{
                f"{remark}consultation__names_with_proposals": True,
                f"{remark}comment__organisation": None,
            },
            then=F(f"{remark}declaration__full_name"),
        ),
        output_field=CharField(),
    )


@dataclass(frozen=True, slots=True)
class NamedRemark:
    """A remark in a list of repeats, with the name that stands with it.

    Of a row with ``full_name``, as ``shown_full_name`` gives it.
    """

    remark: Remark

    @property
    def full_name(self) -> str:
        return getattr(self.remark, "full_name", None) or ""

    @property
    def voice(self) -> str:
        """Whose words they are, in one line of text."""
        return self.full_name or self.remark.comment.voice


def check_declared(
    consultation: Consultation, *, full_name: str, contact: str, no_patronymic: bool = False
) -> Declared:
    """Check a declaration and return the part to store: nothing where the consultation asks for
    none.

    A full name that stands with the proposal has three words, the patronymic among them, unless
    they have none (``no_patronymic``). Refuses with ``remark.full_name_missing``,
    ``remark.patronymic_missing``, ``remark.contact_missing`` and ``remark.declared_too_long``.
    """
    if not consultation.asks_full_name:
        return {"full_name": "", "contact": ""}
    full_name, contact = " ".join(full_name.split()), " ".join(contact.split())
    if len(full_name.split()) < 2:
        reject(
            "remark.full_name_missing",
            _("This procedure asks for your full name: at least the first and the last name."),
        )
    if consultation.names_with_proposals and not no_patronymic and len(full_name.split()) < 3:
        reject(
            "remark.patronymic_missing",
            _(
                "Give the surname, the given name and the patronymic (law 3841-IX art. 15), or "
                "say that you have no patronymic."
            ),
        )
    if not contact:
        reject(
            "remark.contact_missing",
            _("This procedure asks for an e-mail or a telephone; it is not published."),
        )
    if len(full_name) > LONGEST_NAME or len(contact) > LONGEST_CONTACT:
        reject("remark.declared_too_long", _("The name or the contact is too long."))
    return {"full_name": full_name, "contact": contact}


def check_received(
    consultation: Consultation, *, author_name: str, contact: str, is_full_name: bool
) -> None:
    """Check that a proposal received otherwise than on the site names its author as one on the site
    does.

    ``is_full_name``: fewer than three words are all of it, as of somebody without a patronymic, and
    of an organisation. Refuses with ``remark.patronymic_missing`` and ``remark.contact_missing``.
    """
    if not consultation.names_with_proposals:
        return
    if not is_full_name and len(author_name.split()) < 3:
        reject(
            "remark.patronymic_missing",
            _("The surname, the given name and the patronymic are published (3841-IX art. 15)."),
        )
    if not contact.strip():
        reject(
            "remark.contact_missing",
            _("The law asks for an e-mail or a telephone (3841-IX art. 15); it is not published."),
        )


def declare(remark: Remark, *, full_name: str, contact: str) -> None:
    """Store a declaration with its remark; nothing where nothing is declared."""
    if full_name:
        Declaration.objects.create(remark=remark, full_name=full_name, contact=contact)


def published_name(remark: Remark, *, full_names: bool) -> str:
    """Whose proposal it is, as the report says it.

    ``remark``: with its comment's author and organisation, and its declaration where there is one.
    """
    comment = remark.comment
    if comment.unnamed_at is not None and comment.organisation is None and not full_names:
        return ""  # as where it went with its account
    if not full_names:
        return comment.voice
    if comment.organisation is not None:
        return cite(comment.organisation)
    declaration = getattr(remark, "declaration", None)
    return declaration.full_name if declaration is not None else comment.voice
