"""How often one may try to sign in by a code on paper.

Eleven random digits cannot be guessed in any number of tries that a server answers, so the limit
for an account alone is wide. Whoever uses it up all the same does not lock out a device that the
account has signed in with before: that one has tries of its own.
"""

from __future__ import annotations

from django.http import HttpRequest

from accounts.limits import HOUR, SHEET_OF_DEVICE, TEN_MINUTES, TWICE, Limit
from accounts.models import User
from accounts.security import devices, tries
from core.domain.rules import require
from core.web.client_ip import client_groups

OF_CLIENT = Limit("paper-code", 10, TEN_MINUTES, wider=TWICE)
OF_ACCOUNT = Limit("paper-code-of-account", 600, HOUR)


def count_try(request: HttpRequest, number: str) -> None:
    """Count a try for an account number (its digits); over the limit: Refused."""
    accounts = User.objects.filter(paper_account__number=number)
    if device := devices.find(request, accounts):
        require(tries.spend_device(device, SHEET_OF_DEVICE))
        return
    require(tries.of_account(OF_CLIENT.spend_client(client_groups(request), number)))
    require(tries.of_account(OF_ACCOUNT.spend(number)))
