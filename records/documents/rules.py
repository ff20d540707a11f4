"""Rules of the register of documents. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import use_desk
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from records.models import Document

if TYPE_CHECKING:
    from accounts.models import Anybody

KEEPERS_ONLY = refuse(
    "document.keepers_only", _("Only those who work for the department that holds it may do this.")
)


def see_desk(user: Anybody) -> Verdict:
    """See the desk's list of documents: whoever keeps the records of a department."""
    return use_desk(user) and (
        ALLOWED
        if user.is_authenticated and (user.is_administrator or user.department_ids)
        else KEEPERS_ONLY
    )


def keep(user: Anybody, document: Document) -> Verdict:
    """Enter and change a department's documents: its head, officers and secretaries, and
    administrators. Rows that a source fills are changed where their documents are."""
    department = document.department_id
    may = user.is_authenticated and department is not None and user.keeps_record_of(department)
    return (
        use_desk(user)
        and (ALLOWED if may else KEEPERS_ONLY)
        and refuse_unless(
            not document.origin,
            "document.fills_itself",
            _("This entry follows a document that is published here: change that one."),
        )
    )


def say(user: Anybody, document: Document, *, today: date, is_neutral: bool) -> Verdict:
    """Enter a document or change what is said of it (2939-VI art. 18).

    Args:
        is_neutral: whether the officer says that the name itself discloses nothing.
    """
    made, received = document.made_on, document.received_on
    return (
        keep(user, document)
        and refuse_unless(
            made <= today and (received is None or received <= today),
            "document.in_the_future",
            _("A document is entered when it is there: the day has not come yet."),
        )
        and refuse_unless(
            received is None or received >= made,
            "document.received_before",
            _("A document is received on the day on which it was made, or later."),
        )
        and _restrict(document, is_neutral=is_neutral)
    )


def _restrict(document: Document, *, is_neutral: bool) -> Verdict:
    """A restricted document has a ground and no address; an open one neither term nor ground."""
    until = document.restricted_until
    if document.is_open:
        return refuse_unless(
            not document.ground and until is None,
            "document.open_with_ground",
            _("An open document has neither a ground nor a term of restriction."),
        )
    return (
        refuse_unless(
            document.ground,
            "document.ground_missing",
            _("Name the ground of the restriction: the law and its article."),
        )
        and refuse_unless(
            until is None or until > document.made_on,
            "document.term_too_short",
            _("The restriction ends after the day on which the document was made."),
        )
        and refuse_unless(
            not document.address,
            "document.restricted_address",
            _("The register does not lead to the content of a restricted document."),
        )
        and refuse_unless(
            is_neutral,
            "document.name_not_checked",
            _("Everybody reads the name. Enter it in neutral words and say that it is."),
        )
    )
