"""Rules: may somebody do something, and if not, why? One answer for actions, pages and the API.

A rule is a pure function in an app's ``rules.py``: it gets the facts, asks no database, and
returns a :class:`Verdict`. ``require(rule(...))`` inside an action turns a refusal into
:class:`Refused`, which the page, the API and commands show as one clear sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may they?". Falsy when refused.

    ``code`` is stable and for machines (``"consultation.closed"``); ``message`` is one translated
    sentence for the person; ``params`` are values the page may want beside it (dates, limits).
    """

    allowed: bool
    code: str = ""
    message: str | Promise = ""
    params: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refuse(code: str, message: str | Promise, **params: Any) -> Verdict:
    """A refusal: ``code`` like ``"petition.closed"``, ``message`` a translated sentence."""
    return Verdict(False, code, message, params)


def refuse_unless(condition: object, code: str, message: str | Promise, **params: Any) -> Verdict:
    """``ALLOWED`` if the condition holds, else a refusal as ``refuse`` makes it.

    Rules are chained by ``and``, so that the first refusal is the answer::

        return act(user) and refuse_unless(petition.is_open, "petition.closed", _("…"))
    """
    return ALLOWED if condition else refuse(code, message, **params)


class Refused(Exception):
    """An action was asked for something its rule refuses; carries the verdict."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict

    def __str__(self) -> str:
        return str(self.verdict.message)


def require(verdict: Verdict) -> None:
    """Raise :class:`Refused` unless the verdict allows."""
    if not verdict:
        raise Refused(verdict)


def reject(code: str, message: str | Promise, **params: Any) -> NoReturn:
    """Refuse at once: for what only the action can know (a constraint that was violated)."""
    raise Refused(refuse(code, message, **params))
