"""The demo city's organisations, who acts for them, and what a draft would cost them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.models import User
from consultations.costs.models import Cost
from consultations.models import Consultation
from core.domain import clock
from drafts.models import Version
from organisations.confirming import actions_letters as letters_actions
from organisations.mandates import actions_invitations as invitations_actions
from organisations.models import Mandate, MandatePower, Organisation
from organisations.registering import actions
from organisations.registering.actions import CHECKED, FREE
from portal.demo import content

#: Since when all of them are confirmed.
_CONFIRMED = timedelta(days=90)
_FILE, _CLAIMS = "organisations.toml", "claims.toml"


def load_organisations(people: Mapping[str, User]) -> None:
    """Put them in, confirmed at the office; heads may do everything, others speak."""
    confirmed_at = clock.now() - _CONFIRMED
    for key, row in content.table(_FILE).items():
        head = people[row["head"]]
        organisation = Organisation.objects.create(
            kind=row.get("kind", Organisation.Kind.LEGAL),
            code=row.get("code", ""),
            # As long as the real ones: of invented people, whose numbers nobody has.
            code_key=key.encode().hex().ljust(64, "0") if "kind" in row else "",
            **{name: row[name] for name in ("name", "short_name", "location", "size")},
            sector="I",
            contact="(000) 000-00-00",
            registered_by=head,
            registered_at=confirmed_at,
            how=Organisation.How.OFFICE,
            papers=[Organisation.Paper.EXTRACT],
            confirmed_at=confirmed_at,
            confirmed_by=people["zoriana"],
        )
        mandate = {"organisation": organisation, "starts_at": confirmed_at, "granted_by": head}
        Mandate.objects.create(user=head, is_head=True, scopes=[MandatePower.ALL], **mandate)
        for each in row["people"]:
            Mandate.objects.create(user=people[each], scopes=[MandatePower.COMMENT], **mandate)


def load_claims(people: Mapping[str, User]) -> None:
    """Put in what waits for the office: claims, a letter to print, a new name, an invitation."""
    now = clock.now()
    for row in content.table(_CLAIMS)["claim"]:
        by = people[row["by"]]
        fields = {name: row[name] for name in (*CHECKED, *FREE)}
        made = actions.register(
            by=by, kind=Organisation.Kind.LEGAL, code=row["code"], fields=fields
        )
        since = now - timedelta(days=row["days"])
        Organisation.objects.filter(pk=made.pk).update(registered_at=since, waits_since=since)
        if row.get("letter"):
            letters_actions.ask_for_letter(made, by=by)
    smachna, pekarnia = organisation_by_key("smachna"), organisation_by_key("pekarnia")
    moved = {name: getattr(smachna, name) for name in CHECKED}
    moved["location"] = "м. Рудногірськ, бульвар Каштановий, 6"
    actions.amend(smachna, by=smachna.registered_by, fields=moved)
    invitations_actions.invite(
        pekarnia,
        by=pekarnia.registered_by,
        email=people["olena"].email or "",
        scopes=[MandatePower.COMMENT],
    )


def organisation_by_key(key: str) -> Organisation:
    """The organisation of that key of the file."""
    return Organisation.objects.get(short_name=content.table(_FILE)[key]["short_name"])


def load_costs(consultation: Consultation, slug: str) -> None:
    """Load organisations' answers about the costs of the draft; nothing where none was asked."""
    rows = content.costs(slug)
    if not rows:
        return
    version = Version.objects.published().filter(draft=consultation.draft).latest_first()[0]
    clauses = {clause.label: clause for clause in version.outline()}
    said_at = min(clock.now(), (consultation.closes_at or clock.now()) - timedelta(days=1))
    costs = []
    for row in rows:
        organisation = organisation_by_key(row["of"])
        clause = clauses[row["on"]] if "on" in row else None
        figures: dict[str, Any] = {
            name: row.get(name, 0)
            for name in ("hours_once", "hours_yearly", "money_once", "money_yearly")
        }
        costs.append(
            Cost(
                consultation=consultation,
                organisation=organisation,
                size=organisation.size,
                clause=clause,
                clause_key=clause.key if clause else None,
                note=row.get("note", ""),
                by=organisation.registered_by,
                at=said_at,
                **figures,
            )
        )
    Cost.objects.bulk_create(costs)
