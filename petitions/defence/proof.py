"""A proof of work for who signs while a petition is flooded: ALTCHA's second protocol, self-hosted.

The server names a nonce, a salt and the beginning of a key; the browser looks for the counter with
which PBKDF2 makes that key (static/js/proof.js). A person waits a second or two, a machine pays as
much for each signature. The challenge is signed, not stored; it is bound to the petition and the
person, ends after LASTS, and its solution works once (a limit of core.web.limits, of one).

Effort is even: the counter is drawn from COUNTERS by the server, which derives one key for it, and
one more to check a solution.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.domain import clock
from core.domain.rules import ALLOWED, Verdict, refuse
from core.web.limits import spend

LASTS = timedelta(minutes=10)
COUNTERS = range(150, 301)
_PREFIX = 16
_LONGEST = 4000

NEEDED = refuse(
    "petition.proof_needed",
    _("So many sign at this moment that your device has to solve a small task first."),
)
WRONG = refuse("petition.proof_wrong", _("The task was not solved. Try once more."))
EXPIRED = refuse("petition.proof_expired", _("The task has expired. Try once more."))
USED = refuse("petition.proof_used", _("The task was used already. Try once more."))


def challenge(petition_id: int, person_id: int) -> dict[str, Any]:
    """A new task, as ALTCHA's clients read it."""
    nonce, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    counter = COUNTERS[secrets.randbelow(len(COUNTERS))]
    cost = settings.PROOF_COST
    parameters = {
        "algorithm": "PBKDF2/SHA-256",
        "cost": cost,
        "data": {"person": person_id, "petition": petition_id},
        "expiresAt": int((clock.now() + LASTS).timestamp()),
        "keyLength": 32,
        "keyPrefix": _key(nonce, salt, counter, cost)[:_PREFIX].hex(),
        "nonce": nonce.hex(),
        "salt": salt.hex(),
    }
    return {"parameters": parameters, "signature": _signature(parameters)}


def check(petition_id: int, person_id: int, given: str) -> Verdict:
    """Whether ``given`` (what the browser sent) solves a task of this petition and person; it does
    so once.

    Refuses with ``petition.proof_needed`` (nothing given), ``petition.proof_wrong``,
    ``petition.proof_expired``, ``petition.proof_used``. Call it outside of ``action()``.
    """
    if not given:
        return NEEDED
    try:
        if len(given) > _LONGEST:
            return WRONG
        payload = json.loads(base64.b64decode(given, validate=True))
        parameters, signature = (
            payload["challenge"]["parameters"],
            payload["challenge"]["signature"],
        )
        counter, key = payload["solution"]["counter"], payload["solution"]["derivedKey"]
        genuine = hmac.compare_digest(str(signature).encode(), _signature(parameters).encode())
    except (ValueError, KeyError, TypeError, RecursionError):
        return WRONG
    if not genuine or parameters["data"] != {"person": person_id, "petition": petition_id}:
        return WRONG
    if parameters["expiresAt"] <= clock.now().timestamp():
        return EXPIRED
    if type(counter) is not int or not 0 <= counter < 2**32:
        return WRONG
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    found = _key(nonce, salt, counter, parameters["cost"]).hex()
    if found != key or not found.startswith(parameters["keyPrefix"]):
        return WRONG
    return ALLOWED if spend(f"proof:{signature}", most=1, per=LASTS) else USED


def _key(nonce: bytes, salt: bytes, counter: int, cost: int) -> bytes:
    password = nonce + counter.to_bytes(4, "big")
    return hashlib.pbkdf2_hmac("sha256", password, salt, cost, 32)


def _signature(parameters: dict[str, Any]) -> str:
    """HMAC of the parameters as canonical JSON, by a key that is for this alone."""
    text = json.dumps(parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(secret(), text.encode(), "sha256").hexdigest()


def secret() -> bytes:
    """The key that signs challenges."""
    return salted_hmac("petitions.defence.proof", "challenge", algorithm="sha256").digest()
