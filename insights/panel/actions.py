"""Actions on panels: from the preparation to the results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Residence, User, Verification
from accounts.rules import act
from city.models import District
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from insights.models import Panel, PanelConsent, PanelMember, PanelStratum, PanelTally
from insights.panel import repeat, rules
from insights.panel.events import (
    PanelClosed,
    PanelConsentGiven,
    PanelConsentTakenBack,
    PanelDrawn,
    PanelListed,
    PanelPrepared,
)
from insights.panel.results import group_by_seats
from insights.panel.seeds import RULE, to_drawn
from insights.panel.strata import Place, label_strata
from insights.panel.weights import share_population

#: Random bytes of a key.
KEY_BYTES = 16


def agree(user: User) -> None:
    """Record a person's consent to be drawn. Refuses by accounts.rules.act. Emits
    PanelConsentGiven."""
    with action():
        require(act(user))
        _row, is_new = PanelConsent.objects.get_or_create(user=user)
        if is_new:
            emit(PanelConsentGiven(user.pk, user.pk))


def take_back(user: User) -> None:
    """Withdraw a person's consent to be drawn, and unlink their key in an open panel. Refuses by
    accounts.rules.act. Emits PanelConsentTakenBack."""
    with action():
        require(act(user))
        PanelMember.objects.filter(user=user).delete()
        if PanelConsent.objects.filter(user=user).delete()[0]:
            emit(PanelConsentTakenBack(user.pk, user.pk))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The description of a panel before the draw: fields of Panel."""

    year: int
    quarter: int
    question: str
    question_en: str
    seats: int
    seed_source: str
    seed_at: datetime
    closes_at: datetime


def prepare(plan: Plan, *, by: User) -> Panel:
    """Prepare the panel of a quarter. Refuses by rules.prepare, and a second one of a quarter
    (panel.once). Emits PanelPrepared."""
    with action():
        now = clock.now()
        require(rules.prepare(by, seed_at=plan.seed_at, closes_at=plan.closes_at, now=now))
        try:
            with transaction.atomic():
                panel = Panel.objects.create(**vars(plan))
        except IntegrityError:
            reject("panel.once", _("This quarter has a panel already."))
        created(panel)
        emit(PanelPrepared(panel.pk, by.pk))
        return panel


def publish_list(panel: Panel, *, by: User) -> Panel:
    """Publish the list of keys of those who may be drawn, and its SHA-256.

    They have agreed and their residence is checked. Each gets a random key made for this panel.
    Refuses by rules.publish_list. Emits PanelListed.
    """
    with action():
        panel, now = locked(panel), clock.now()
        places = _places_of_eligible()
        require(rules.publish_list(by, panel, now=now, people=len(places)))
        labels = label_strata(list(places.values()))
        members = [
            (labels[place], token_hex(KEY_BYTES), user_id) for user_id, place in places.items()
        ]
        members.sort()
        panel.list_text = _write_list(panel, members)
        panel.list_hash = sha256(panel.list_text.encode()).hexdigest()
        panel.listed_at = now
        panel.save(update_fields=["list_text", "list_hash", "listed_at"])
        _, strata = repeat.read_list(panel.list_text)
        stored = PanelStratum.objects.bulk_create(
            PanelStratum(panel=panel, label=label, people=len(keys))
            for label, keys in strata.items()
        )
        by_label = {stratum.label: stratum for stratum in stored}
        PanelMember.objects.bulk_create(
            (
                PanelMember(panel=panel, user_id=user_id, stratum=by_label[label], key=key)
                for label, key, user_id in members
            ),
            batch_size=5000,
        )
        emit(PanelListed(panel.pk, by.pk))
        return panel


def _places_of_eligible() -> dict[int, Place]:
    """Places of the eligible people, by id: two queries."""
    residences = Residence.objects.checked().filter(
        user__panel_consent__isnull=False, user__is_active=True
    )
    ages = dict(
        Verification.objects.in_force()
        .filter(user__panel_consent__isnull=False)
        .values_list("user_id", "age_over")
    )
    return {
        user_id: (district, str(ages.get(user_id) or ""))
        for user_id, district in residences.values_list("user_id", "district__slug")
    }


def _write_list(panel: Panel, members: list[tuple[str, str, int]]) -> str:
    head = (
        f"# panel: {panel.name}",
        f"# seats: {min(panel.seats, len(members))}",
        f"# seed: {' '.join(panel.seed_source.split())}",
        f"# seed known from: {panel.seed_at.isoformat()}",
        f"# {RULE}",
        "stratum,key",
    )
    rows = (f"{label},{key}" for label, key, _user_id in members)
    return "\n".join((*head, *rows)) + "\n"


def draw(panel: Panel, *, seed: str, seed_link: str, by: User) -> Panel:
    """Draw the lot with the published seed, and unlink the keys of those who were not drawn.

    Of the seed its one spelling is stored and drawn with (seeds.to_drawn). Refuses by rules.draw.
    Emits PanelDrawn.
    """
    with action():
        panel, now = locked(panel), clock.now()
        require(rules.draw(by, panel, seed=seed, now=now))
        panel.seed, panel.seed_link, panel.drawn_at = to_drawn(seed), seed_link, now
        panel.save(update_fields=["seed", "seed_link", "drawn_at"])
        drawn = repeat.draw(panel.list_text, panel.seed)
        keys = [key for of_stratum in drawn.values() for key in of_stratum]
        members = PanelMember.objects.filter(panel=panel)
        members.filter(key__in=keys).update(is_drawn=True)
        members.filter(is_drawn=False).delete()
        strata = list(PanelStratum.objects.filter(panel=panel))
        groups = group_by_seats({label: len(keys) for label, keys in drawn.items()})
        for stratum in strata:
            stratum.seats = len(drawn[stratum.label])
            stratum.group = groups[stratum.label]
        PanelStratum.objects.bulk_update(strata, ["seats", "group"])
        PanelTally.objects.bulk_create(
            PanelTally(panel=panel, group=group, value=value)
            for group in sorted({stratum.group for stratum in strata if stratum.seats})
            for value in PanelTally.Value.values
        )
        emit(PanelDrawn(panel.pk, by.pk))
        return panel


def answer(panel: Panel, *, by: User, value: int) -> None:
    """Count an answer. What is stored does not link it to the person.

    Refuses by rules.answer. Emits nothing and leaves no trace but that they have answered. All
    tallies of the panel are written anew together, so that no row says by its transaction which
    of them was raised.
    """
    with action():
        panel, now = shared(panel, "drawn_at", "closed_at", "closes_at")
        drawn = PanelMember.objects.filter(panel=panel, user=by).select_related("stratum")
        member = drawn.select_for_update(no_key=True, of=("self",)).first()
        require(rules.answer(by, panel, member, value, now=now))
        if member is None:
            raise AssertionError("rules.answer refuses who was not drawn")
        member.has_answered = True
        member.save(update_fields=["has_answered"])
        # In one order: whoever answers at the same time waits here.
        tallies = PanelTally.objects.filter(panel=panel)
        list(tallies.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        given = When(group=member.stratum.group, value=value, then=1)
        tallies.update(number=F("number") + Case(given, default=0))


def close(panel: Panel, *, by: User) -> Panel:
    """Close a panel: publish its results and unlink all its keys.

    Refuses by rules.close. Emits PanelClosed.
    """
    with action():
        panel = locked(panel)
        require(rules.close(by, panel))
        return _end(panel, by_id=by.pk)


def close_ended() -> int:
    """Close the panels whose time is over; returns how many. Emits PanelClosed for each. The keys
    of panels that were never drawn are unlinked."""
    PanelMember.objects.filter(panel__drawn_at=None, panel__closes_at__lte=clock.now()).delete()
    ended = Panel.objects.filter(drawn_at__isnull=False, closed_at=None, closes_at__lte=clock.now())
    panels = list(ended.order_by("pk").without_list())
    for panel in panels:
        with action():
            fresh = locked(panel)
            if rules.may_end(fresh):
                _end(fresh, by_id=None)
    return len(panels)


def keep_populations(panel: Panel) -> None:
    """Store how many residents each stratum stands for now, so that weighted results never move.
    Three queries."""
    strata = list(panel.strata.all())
    shared = share_population(
        {stratum.label: stratum.people for stratum in strata},
        dict(District.objects.filter(closed_at=None).values_list("slug", "population")),
    )
    for stratum in strata:
        stratum.population = shared.get(stratum.label)
    PanelStratum.objects.bulk_update(strata, ["population"])


def _end(panel: Panel, *, by_id: int | None) -> Panel:
    panel.closed_at = clock.now()
    panel.save(update_fields=["closed_at"])
    keep_populations(panel)
    PanelMember.objects.filter(panel=panel).delete()
    emit(PanelClosed(panel.pk, by_id))
    return panel
