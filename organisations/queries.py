"""Queries of the pages about organisations: a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User, Verification
from core.db.paging import Page, page_of
from core.domain import clock
from core.domain.email_addresses import to_comparable
from organisations import rules, waiting
from organisations.confirming.actions_letters import BATCH
from organisations.mandates.actions import heads_of, unrevoked_mandate
from organisations.models import Amendment, Invitation, Mandate, Organisation, PostedCode
from organisations.registering.models import OrganisationQuerySet


@dataclass(frozen=True, slots=True)
class ShownMandate:
    """A person's mandate; ``state``: where its organisation stands (reading.state_of)."""

    mandate: Mandate
    state: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class ShownOrganisation:
    """An organisation in a list of the desk, and how much waits for its confirmation."""

    organisation: Organisation
    waiting_number: int


HISTORY_SIZE = 20


def state_of(organisation: Organisation) -> str:
    """closed, confirmed, refused or waiting."""
    if organisation.closed_at:
        return "closed"
    if organisation.confirmed_at:
        return "confirmed"
    return "refused" if organisation.refused_at else "waiting"


def mine(user: User) -> list[ShownMandate]:
    """The mandates that nobody has revoked, with their organisations, the newest first."""
    # The base manager, whose rows mypy knows with what is annotated.
    mandates = (
        Mandate._base_manager.filter(user=user, revoked_at=None)
        .select_related("organisation")
        .annotate(now=clock.Now())
        .order_by("-pk")
    )
    return [
        ShownMandate(each, state_of(each.organisation), is_over=not each.stands(each.now))
        for each in mandates
    ]


def invitations_for(user: User) -> list[Invitation]:
    """Open invitations that wait for the person: they went to the address that they proved."""
    if not user.email:
        return []
    return list(
        Invitation.objects.open()
        .filter(email=to_comparable(user.email))
        .select_related("organisation", "invited_by")
        .order_by("-pk")
    )


def detail(organisation: Organisation, user: User, *, after: str | None = None) -> dict[str, Any]:
    """The organisation's page for one of its people; a head sees the others too."""
    now = clock.now()
    mandate = unrevoked_mandate(organisation, user)
    runs = rules.run(user, organisation, mandate, now=now)
    context: dict[str, Any] = {
        "organisation": organisation,
        "state": state_of(organisation),
        "mandate": mandate,
        "is_over": mandate is not None and not mandate.stands(now),
        "runs": runs,
        "now": now,
    }
    if not runs:
        return context
    context |= {
        "people": people_of(organisation),
        "history": history_of(organisation, after),
        "invitations": Invitation.objects.filter(
            organisation=organisation, accepted_at=None, withdrawn_at=None
        ).select_related("invited_by"),
        "others": heads_of(organisation, beside=mandate),
    }
    sent = waiting.for_organisations([organisation.pk]).get(organisation.pk, [])
    context["waiting"] = [each for each in sent if each.author_id == user.pk]
    if organisation.confirmed_at:
        context["amendment"] = organisation.amendments.order_by("-pk").first()
    else:
        context |= _confirmation_options(organisation, user)
    return context


def _confirmation_options(organisation: Organisation, user: User) -> dict[str, Any]:
    """Ways to confirm it: whether the person's signature does it, where the letter is."""
    verification = Verification.objects.in_force().filter(user=user).first()
    letter: PostedCode | None = organisation.letters.filter(ended_at=None).first()
    return {
        "by_signature": rules.confirm_by_signature(user, organisation, verification, is_head=True),
        "letter": letter,
    }


def people_of(organisation: Organisation) -> list[Mandate]:
    """Mandates of the people who act for it, heads first."""
    return list(
        Mandate.objects.filter(organisation=organisation, revoked_at=None)
        .select_related("user", "granted_by")
        .order_by("-is_head", "pk")
    )


def history_of(organisation: Organisation, after: str | None) -> Page[Mandate]:
    """Mandates that are revoked or were changed, the latest first."""
    ended = Mandate.objects.filter(organisation=organisation, revoked_at__isnull=False)
    return page_of(
        ended.select_related("user", "granted_by", "revoked_by"),
        order=("-revoked_at", "-pk"),
        after=after,
        size=HISTORY_SIZE,
    )


# --- the desk -------------------------------------------------------------------------------------


def queue(name: str, after: str | None) -> Page[Organisation]:
    """A list of the desk: what waits longest first, the others by their newest."""
    organisations = Organisation.objects.select_related("registered_by")
    if name == "waiting":
        return page_of(organisations.waiting(), order=("waits_since", "pk"), after=after)
    lists = {
        "confirmed": organisations.confirmed(),
        "refused": organisations.filter(refused_at__isnull=False, closed_at=None),
        "closed": organisations.filter(closed_at__isnull=False),
        "headless": without_head(),
    }
    return page_of(lists[name], order=("-pk",), after=after)


def without_head() -> OrganisationQuerySet:
    """Confirmed ones that nobody runs any more."""
    heads = Mandate.objects.current().filter(
        organisation=OuterRef("pk"), is_head=True, user__is_active=True
    )
    return Organisation.objects.confirmed().filter(~Exists(heads)).select_related("registered_by")


def amendments() -> list[Amendment]:
    """Names and locations that wait for a decision, the oldest first."""
    return list(
        Amendment.objects.filter(decided_at=None, organisation__closed_at=None)
        .select_related("organisation", "asked_by")
        .order_by("asked_at")[:100]
    )


def letters_waiting() -> list[PostedCode]:
    """Letters that nobody has printed yet, as many as are printed in one go: one query."""
    waiting = PostedCode.objects.filter(ended_at=None, printed_at=None)
    return list(waiting.select_related("organisation").order_by("asked_at", "pk")[:BATCH])


def waiting_count() -> int:
    """Number of organisations that wait for the office: one query."""
    return Organisation.objects.waiting().count()


def other_claims_to_code(organisation: Organisation) -> list[Organisation]:
    """Others with the same code, the confirmed one first."""
    if not organisation.code and not organisation.code_key:
        return []
    return list(
        Organisation.objects.filter(
            code=organisation.code, code_key=organisation.code_key, closed_at=None
        )
        .exclude(pk=organisation.pk)
        .select_related("registered_by")
        .order_by("confirmed_at", "pk")
    )
