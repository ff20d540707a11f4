"""Simulated readers of a month: households and offices behind one address, telephones of a carrier,
people with two devices, people who come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

#: Browser strings that there are; a few are most people's.
BROWSERS = [f"Mozilla/5.0 (made up {number}) Gecko Firefox/{100 + number}" for number in range(300)]
#: Addresses by which a carrier's telephones are seen.
CARRIER_ADDRESSES = 4000


def visits_of(people: int, *, year: int, month: int, seed: int) -> Iterator[tuple[str, str, date]]:
    """The address or /64, browser and day of each visit of so many people, person by person."""
    random = Random(seed)
    draw = random.random
    for person in range(people):
        home = person // 2  # two share a household
        first = date(year, month, 1 + int(draw() * 28))
        computer = BROWSERS[int(300 * draw() ** 3)]
        if draw() < 0.5:
            address = f"2001:db8:{home >> 16:x}:{home & 0xFFFF:x}::/64"
        else:
            address = f"10.{home >> 16 & 255}.{home >> 8 & 255}.{home & 255}"
        yield address, computer, first
        if draw() < 0.4:  # again, by a telephone of a carrier
            carrier = f"192.0.{int(draw() * CARRIER_ADDRESSES)}"
            yield carrier, BROWSERS[int(300 * draw() ** 3)], first
        if draw() < 0.5:  # again on another day
            yield address, computer, first.replace(day=1 + int(draw() * 28))
