"""Organisations and mandates as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from organisations.models import Mandate, Organisation


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
