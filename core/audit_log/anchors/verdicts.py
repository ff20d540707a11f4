"""Verdicts of the check of a signature."""

from __future__ import annotations

from dataclasses import dataclass

from core.models import AuditAnchor

Verdict = AuditAnchor.Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict, and by whom it was signed.

    ``reason``: an algorithm that is not known here, or a code of what is wrong. ``organisation``:
    of the signer's certificate; "" where none is found.
    """

    verdict: str
    reason: str = ""
    organisation: str = ""


class Wrong(Exception):
    """The signature, or what is signed, is not right; carries a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unknown(Exception):
    """It cannot be checked here; carries the algorithm that is not known."""

    def __init__(self, algorithm: str) -> None:
        super().__init__(algorithm)
        self.algorithm = algorithm[:100]
