"""Rules of officers' decisions on organisations. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import ALLOWED, Verdict, refuse_unless
from organisations.models import Organisation
from organisations.rules import confirm, work_at_desk

if TYPE_CHECKING:
    from accounts.models import Anybody
    from organisations.models import Amendment


def _check_for_another(user: Anybody, asked_by_id: int | None) -> Verdict:
    return refuse_unless(
        asked_by_id != user.pk,
        "organisation.own",
        _("Somebody else must check what you registered."),
    )


def _give_reason(reason: str) -> Verdict:
    return refuse_unless(
        reason.strip(), "organisation.reason_missing", _("Please give the reason.")
    )


def confirm_at_office(
    user: Anybody, organisation: Organisation, *, papers: Iterable[str]
) -> Verdict:
    """Confirm it, having seen papers (kinds of Organisation.Paper); not one's own."""
    return (
        work_at_desk(user)
        and _check_for_another(user, organisation.registered_by_id)
        and confirm(organisation)
        and refuse_unless(
            set(papers) & {Organisation.Paper.EXTRACT, Organisation.Paper.IDENTITY},
            "organisation.papers_missing",
            _("Say which documents you saw: at least an extract or an identity document."),
        )
    )


def refuse_at_office(user: Anybody, organisation: Organisation, *, reason: str) -> Verdict:
    """Say that it cannot be confirmed, and why."""
    return (
        work_at_desk(user)
        and confirm(organisation)
        and refuse_unless(
            organisation.refused_at is None,
            "organisation.refused_already",
            _("It has been refused already."),
        )
        and _give_reason(reason)
    )


def decide_amendment(user: Anybody, amendment: Amendment, *, accept: bool, reason: str) -> Verdict:
    """Take over or turn down another name or location; turned down: with a reason."""
    return (
        work_at_desk(user)
        and refuse_unless(
            amendment.decided_at is None,
            "organisation.decided_already",
            _("This has been decided already."),
        )
        and _check_for_another(user, amendment.asked_by_id)
        and (ALLOWED if accept else _give_reason(reason))
    )
