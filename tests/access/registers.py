"""What the city keeps about people and organisations, so that each route to it leads somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.data.files import path_of
from accounts.invitations import actions as staff_invitations
from accounts.models import (
    Absence,
    CheckList,
    CheckListRow,
    Document,
    Export,
    Grant,
    HandOver,
    LetterRun,
    StaffInvitation,
    User,
)
from accounts.residence import actions as residence
from accounts.residence.printing import print_letters
from city.council import actions as city
from city.models import Department, District
from consultations.costs.actions import say_cost
from consultations.costs.models import Cost
from consultations.models import Consultation, WaitingRemark
from consultations.waiting.actions import send
from core.domain import clock
from organisations.mandates import actions_invitations as organisations
from organisations.models import Amendment, Invitation, Mandate, Organisation
from organisations.registering import actions as organisations_registering
from tests import factories, factors
from tokens import actions as tokens
from tokens.models import Token


@dataclass
class Registers:
    """All of it is olena's; of the organisations bohdan is the head, and firm acts for one. mo is
    going to be away."""

    district: District
    unused: District
    export: Export
    check_list: CheckList
    letters: LetterRun
    token: Token
    passkey_pk: int
    confirmed: Organisation
    waiting: Organisation
    closed: Organisation
    mandate: Mandate
    invitation: Invitation
    staff_invitation: StaffInvitation
    amendment: Amendment
    grant: Grant
    absence: Absence
    hand_over: HandOver
    business: Consultation
    cost: Cost
    #: Bohdan's, for the organisation that waits.
    waiting_remark: WaitingRemark


def build(people: Mapping[str, User], department: Department) -> Registers:
    """Everything once; MEDIA_ROOT and PRIVATE_ROOT must be the test's own."""
    olena, bohdan, firm, mo, ofi = (
        people[name] for name in ("olena", "bohdan", "firm", "mo", "ofi")
    )
    district = District.objects.create(name="Центр", slug="centre")
    city.set_colours("#0b4f8a", "#072f54", by=None)
    confirmed = factories.organisation("ТОВ «Тераса»")
    factories.mandate(bohdan, confirmed, is_head=True)
    mandate = factories.mandate(firm, confirmed)
    waiting = factories.organisation("ТОВ «Чекає»", how="", confirmed_at=None)
    factories.mandate(bohdan, waiting, is_head=True)
    closed = factories.organisation("ТОВ «Було»", bohdan, closed_at=clock.now())
    renamed = {"name": "Інша", "short_name": "Інша", "location": "вул. Нова, 2"}
    business = factories.consultation(
        department, title="Для підприємців", procedure=factories.procedure("regulatory-act")
    )
    sent = send(
        business, by=bohdan, organisation_id=waiting.pk, text="канарка", interest="канарковий"
    )
    residence.declare(olena, district=district, address="вул. Тиха, 1")
    residence.ask_letter(olena)
    letters, _pdf = print_letters(by=ofi)
    check_list = CheckList.objects.create(by=ofi, needs_second=True)
    CheckListRow.objects.create(
        check_list=check_list, user=bohdan, document=Document.ID_CARD, identity=True, age_over=18
    )
    return Registers(
        district=district,
        unused=District.objects.create(name="Далекий", slug="far"),
        export=_export(olena),
        check_list=check_list,
        letters=letters,
        token=tokens.create(olena, name="Читач", scopes=["me:read"], days=30)[0],
        passkey_pk=factors.add_passkey(ofi).pk,
        confirmed=confirmed,
        waiting=waiting,
        closed=closed,
        mandate=mandate,
        invitation=organisations.invite(confirmed, by=bohdan, email="olena@viche.example"),
        staff_invitation=staff_invitations.invite(
            "olena@viche.example", by=people["admin"], role="moderator", reason="наказ"
        ),
        amendment=organisations_registering.amend(confirmed, by=bohdan, fields=renamed),
        grant=mo.grants.get(),
        absence=Absence.objects.create(
            absent=mo,
            cover=ofi,
            named_by=mo,
            starts_at=clock.now() + timedelta(days=10),
            ends_at=clock.now() + timedelta(days=20),
        ),
        hand_over=HandOver.objects.create(occasion="absent", person=ofi, by=people["admin"]),
        business=business,
        cost=say_cost(business, by=firm, organisation_id=confirmed.pk, hours_once=1),
        waiting_remark=sent,
    )


def _export(user: User) -> Export:
    """A download that is ready, with its file."""
    now = clock.now()
    export = Export.objects.create(
        user=user,
        asked_at=now,
        ready_at=now,
        expires_at=now + timedelta(days=1),
        file="olena.zip",
        size=4,
    )
    path_of(export.file).write_bytes(b"PK..")
    return export
