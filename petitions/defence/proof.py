"""A proof of work for whoever signs while a petition is flooded (ALTCHA, Proof-of-Work v2).

Challenges are made and solutions checked by the library altcha, without its service; the browser
looks for the counter with which PBKDF2 makes a key that begins as the challenge says
(static/js/proof.js, docs/adr/0045). A person waits a second or two, a machine pays as much for each
signature. The challenge is signed, not stored; it is bound to the petition and the person, ends
after LASTS, and its solution works once (a limit of core.web.limits, of one).

Effort is even: the counter is drawn from COUNTERS by the server, which derives one key for it, and
one more to check a solution.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.domain import clock
from core.domain.rules import ALLOWED, Verdict, refuse
from core.web.limits import spend

LASTS = timedelta(minutes=10)
COUNTERS = range(150, 301)
_ALGORITHM = "PBKDF2/SHA-256"
_LONGEST = 4000

NEEDED = refuse(
    "petition.proof_needed",
    _("So many people are signing right now that your device must first solve a small task."),
)
WRONG = refuse("petition.proof_wrong", _("The task was not solved. Try once more."))
EXPIRED = refuse("petition.proof_expired", _("The task has expired. Try once more."))
USED = refuse("petition.proof_used", _("The task was used already. Try once more."))


def challenge(petition_id: int, person_id: int) -> dict[str, Any]:
    """A new task, as ALTCHA's clients read it."""
    made = create_challenge(
        _ALGORITHM,
        settings.PROOF_COST,
        counter=COUNTERS[secrets.randbelow(len(COUNTERS))],
        expires_at=clock.now() + LASTS,
        data=_data(petition_id, person_id),
        hmac_secret=secret(),
    )
    return made.to_dict()


def check(petition_id: int, person_id: int, given: str) -> Verdict:
    """Whether ``given`` (what the browser sent) solves a task of this petition and person; it does
    so once.

    Refuses with ``petition.proof_needed`` (nothing given), ``petition.proof_wrong``,
    ``petition.proof_expired``, ``petition.proof_used``. Call it outside of ``action()``.
    """
    if not given:
        return NEEDED
    if len(given) > _LONGEST:
        return WRONG
    try:
        payload = Payload.from_base64(given)
        parameters = payload.challenge.parameters
        if parameters.data != _data(petition_id, person_id):
            return WRONG
        found = verify_solution(payload, secret())
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return WRONG
    # The library goes by this machine's clock, everything else by the database's.
    if found.expired or (
        found.verified and (parameters.expires_at or 0) <= clock.now().timestamp()
    ):
        return EXPIRED
    if not found.verified:
        return WRONG
    key = f"proof:{payload.challenge.signature}"
    return ALLOWED if spend(key, most=1, per=LASTS) else USED


def _data(petition_id: int, person_id: int) -> dict[str, int]:
    """Whose task it is: signed with it."""
    return {"person": person_id, "petition": petition_id}


def secret() -> bytes:
    """The key that signs challenges."""
    return salted_hmac("petitions.defence.proof", "challenge", algorithm="sha256").digest()
