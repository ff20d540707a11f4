"""Organisations in each state that their pages and the office's show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.invitations import actions as staff_invitations
from accounts.models import StaffInvitation, User
from consultations.models import Consultation, WaitingRemark
from consultations.waiting.actions import send
from organisations.confirming import actions as confirming_actions
from organisations.confirming import actions_letters as letters_actions
from organisations.mandates import actions as people_actions
from organisations.mandates import actions_invitations as invitations_actions
from organisations.models import Amendment, Invitation, Mandate, Organisation
from organisations.registering import actions
from tests import factories

_ABOUT: dict[str, Any] = {
    "name": "Товариство з обмеженою відповідальністю «Перша рудногірська електроенергопостачальна»",
    "short_name": "ТОВ «Перша рудногірська»",
    "location": "50001, вул. Рудна, 4",
    "sector": "D",
    "size": "small",
    "contact": "(000) 000-00-09",
}


@dataclass
class Companies:
    """Bohdan runs them all; firm acts for the cafe, charlie did."""

    cafe: Organisation  # confirmed, with a new name to be checked
    mandate: Mandate  # firm's, of the cafe
    invitation: Invitation  # of charlie, to the cafe
    amendment: Amendment
    staff_invitation: StaffInvitation  # of charlie, to a role
    waiting: Organisation  # with a rival
    posted: Organisation  # waits, a letter is on its way
    refused: Organisation
    headless: Organisation
    #: Bohdan's, for those that wait and were refused.
    sent: WaitingRemark
    turned_down: WaitingRemark


def build(people: dict[str, User], consultation: Consultation) -> Companies:
    """``consultation``: an open one, in which two of them have said something."""
    bohdan, firm, charlie, ofi = (people[name] for name in ("bohdan", "firm", "charlie", "ofi"))
    cafe = factories.organisation("ТОВ «Кав’ярня біля копра»", registered_by=bohdan)
    factories.mandate(bohdan, cafe, is_head=True)
    factories.mandate(people["admin"], cafe, is_head=True)
    mandate = factories.mandate(firm, cafe, scopes=["comment", "sign"])
    people_actions.revoke(factories.mandate(charlie, cafe), by=bohdan)
    invitation = invitations_actions.invite(
        cafe, by=bohdan, email=charlie.email, scopes=["comment"]
    )
    checked = {name: _ABOUT[name] for name in ("name", "short_name", "location")}
    amendment = actions.amend(cafe, by=bohdan, fields=checked)
    waiting, posted, refused = (
        actions.register(by=bohdan, kind="legal", code=code, fields=_ABOUT)
        for code in ("04053915", "32855961", "30028450")
    )
    actions.register(by=firm, kind="legal", code=waiting.code, fields=_ABOUT)
    letter = letters_actions.ask_for_letter(posted, by=bohdan)
    letters_actions.print_letters(by=ofi, compared=[letter.pk])
    letters_actions.ask_for_letter(refused, by=bohdan)
    sent, turned_down = (
        send(consultation, by=bohdan, organisation_id=each.pk, text="Для нас це дорого.")
        for each in (waiting, refused)
    )
    confirming_actions.refuse_at_office(refused, by=ofi, reason="У виписці інша адреса.")
    headless = factories.organisation("ТОВ «Без голови»", registered_by=bohdan)
    return Companies(
        cafe=cafe,
        mandate=mandate,
        invitation=invitation,
        amendment=amendment,
        staff_invitation=staff_invitations.invite(
            charlie.email, by=people["admin"], role="moderator", reason="Наказ № 12"
        ),
        waiting=waiting,
        posted=posted,
        refused=refused,
        headless=headless,
        sent=sent,
        turned_down=turned_down,
    )
