"""The demo city's visits and its panels about trust, as past months and quarters left them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from datasketches import hll_sketch, tgt_hll_type

from core.domain import clock
from core.domain.calendar import add_months, kyiv, local_date
from demo import content
from insights.models import Panel, PanelStratum, PanelTally
from insights.panel import repeat
from insights.panel.actions import keep_populations
from insights.panel.forms import QUESTION, QUESTION_EN
from insights.panel.results import group_by_seats
from insights.visits.counting import LG_K, merge

#: Readers whom the demo city has in all, and how many of them come on an ordinary day: some 32,000
#: in a month, as the indicator's earlier months go on to (indicators.toml).
READERS, A_DAY = 60_000, 1_600
SALT = "demo"


def load_visits() -> None:
    """Visitors of the last month and of this one up to today."""
    today = local_date(clock.now())
    day = add_months(today.replace(day=1), -1)
    random = Random(1)  # noqa: S311 - made-up readers
    days: dict[tuple[date, str], hll_sketch] = {}
    while day < today:
        number = A_DAY if day.weekday() < 5 else A_DAY // 2
        sketch = hll_sketch(LG_K, tgt_hll_type.HLL_8)
        for _reader in range(random.randrange(number * 3 // 4, number * 3 // 2)):
            sketch.update(f"{day:%Y-%m} {random.randrange(READERS)}")
        days[day, sha256(f"{SALT}{day:%Y-%m}".encode()).hexdigest()[:16]] = sketch
        day += timedelta(days=1)
    merge(days)


def load_trust() -> None:
    """Panels of the last quarters, drawn by their seeds from lists whose keys are nobody's."""
    description = content.table("trust.toml")
    today = local_date(clock.now())
    this_quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for row in description["panel"]:
        _load_panel(row, description["people"], add_months(this_quarter, -3 * row["quarters_ago"]))


def _load_panel(row: dict[str, Any], people: dict[str, int], begins: date) -> None:
    """One panel: listed on the 20th day of its quarter, drawn on the 30th, closed a month later."""
    listed = kyiv(begins + timedelta(days=19))
    panel = Panel(
        year=begins.year,
        quarter=(begins.month + 2) // 3,
        question=QUESTION,
        question_en=QUESTION_EN,
        seats=row["seats"],
        seed_source=row["seed_source"],
        seed_at=listed + timedelta(days=10),
        closes_at=listed + timedelta(days=40),
        listed_at=listed,
        seed=row["seed"],
        seed_link=row["seed_link"],
        drawn_at=listed + timedelta(days=10, hours=1),
        closed_at=listed + timedelta(days=40),
    )
    random = Random(row["seed"])  # noqa: S311 - keys that are nobody's
    keys = [
        f"{label},{random.randbytes(16).hex()}" for label in people for _ in range(people[label])
    ]
    head = (f"# panel: {panel.name}", f"# seats: {panel.seats}", "stratum,key")
    panel.list_text = "\n".join((*head, *sorted(keys))) + "\n"
    panel.list_hash = sha256(panel.list_text.encode()).hexdigest()
    panel.save()
    drawn = repeat.draw(panel.list_text, panel.seed)
    groups = group_by_seats({label: len(keys) for label, keys in drawn.items()})
    strata = PanelStratum.objects.bulk_create(
        PanelStratum(
            panel=panel,
            label=label,
            people=number,
            seats=len(drawn[label]),
            group=groups[label],
        )
        for label, number in people.items()
    )
    places = [stratum.group for stratum in strata for _seat in range(stratum.seats)]
    random.shuffle(places)
    answers = [
        value for value in PanelTally.Value.values for _ in range(row["answers"][str(value)])
    ]
    given = Counter(zip(places, answers, strict=False))
    PanelTally.objects.bulk_create(
        PanelTally(panel=panel, group=group, value=value, number=given[group, value])
        for group in sorted(set(places))
        for value in PanelTally.Value.values
    )
    keep_populations(panel)
