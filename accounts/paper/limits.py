"""How often one may try to sign in by a code on paper.

Eleven random digits cannot be guessed in any number of tries that a server answers, so the limit
for an account alone is wide: nobody can lock its owner out by wrong tries from elsewhere.
"""

from __future__ import annotations

from accounts.limits import HOUR, TEN_MINUTES, Limit
from core.rules import require

OF_CLIENT = Limit("paper-code", 10, TEN_MINUTES)
OF_ACCOUNT = Limit("paper-code-of-account", 600, HOUR)


def count_try(number: str, client: str) -> None:
    """Count a try for an account number (its digits) by a client's address; over it: Refused."""
    require(OF_CLIENT.spend(number, client))
    require(OF_ACCOUNT.spend(number))
