"""Panels and people who may be drawn for them."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import Level, Residence, User, Verification
from city.models import District
from core.domain import clock
from insights.models import Panel, PanelConsent
from insights.panel import actions

SEED = "8f3a20000000"
LINK = "https://beacon.example/20000000"


def willing(district: str, age: int | None, number: int) -> list[User]:
    """People of a district and an age who agreed to be drawn and whose residence is checked."""
    place, _made = District.objects.get_or_create(slug=district, defaults={"name": district})
    now = clock.now()
    year = now + timedelta(days=365)
    before = User.objects.count()
    people = User.objects.bulk_create(
        User(email=f"panel{before + each}@example.org", given_name="Панель")
        for each in range(number)
    )
    Residence.objects.bulk_create(
        Residence(user=user, district=place, how="letter", checked_at=now, expires_at=year)
        for user in people
    )
    if age is not None:
        Verification.objects.bulk_create(
            Verification(user=user, level=Level.SUBSTANTIAL, how="letter", age_over=age)
            for user in people
        )
    PanelConsent.objects.bulk_create(PanelConsent(user=user) for user in people)
    return people


def prepared(by: User, **more: object) -> Panel:
    """A panel whose seed becomes known in two hours."""
    now = clock.now()
    plan = {
        "year": 2026,
        "quarter": 4,
        "question": "Наскільки ви довіряєте міській раді?",
        "question_en": "How far do you trust the city council?",
        "seats": 20,
        "seed_source": "маяк випадкових чисел, раунд 20000000",
        "seed_at": now + timedelta(hours=2),
        "closes_at": now + timedelta(days=14),
        **more,
    }
    return actions.prepare(actions.Plan(**plan), by=by)  # type: ignore[arg-type]


def listed(by: User, **more: object) -> Panel:
    """One whose list is public."""
    return actions.publish_list(prepared(by, **more), by=by)


def make_known(panel: Panel) -> None:
    """Let the moment of the seed be a minute ago, and the list older than that."""
    now = clock.now()
    Panel.objects.filter(pk=panel.pk).update(
        listed_at=now - timedelta(hours=3), seed_at=now - timedelta(minutes=1)
    )


def drawn(by: User, **more: object) -> Panel:
    """One whose members may answer."""
    panel = listed(by, **more)
    make_known(panel)
    return actions.draw(panel, seed=SEED, seed_link=LINK, by=by)
