"""Limits of filing appeals and of trying secrets."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.limits import DAY, HOUR, TEN_MINUTES, Limit
from core.domain.rules import Verdict
from core.web.client_ip import client_groups

#: Appeals of one person who is signed in.
FILE = Limit("appeal-file", 20, HOUR)
FILE_IN_A_DAY = Limit("appeal-file-day", 50, DAY)
#: Appeals without an account from one client: a village behind one provider shares an address.
FILE_OF_CLIENT = Limit("appeal-file-client", 30, TEN_MINUTES)
FILE_OF_CLIENT_IN_A_DAY = Limit("appeal-file-client-day", 200, DAY)
#: Forms of filing that one client sends, whole or not: each may hold files to be looked at.
SEND = Limit("appeal-send", 60, TEN_MINUTES)
#: Secrets tried by one client.
FIND = Limit("appeal-find", 30, TEN_MINUTES)
#: Wrong secrets for one number, by all clients together. The right one opens it also beyond, so
#: that strangers who know a number cannot lock its applicant out.
WRONG = Limit("appeal-wrong-secret", 50, HOUR)
#: New secrets asked for by one client, and mailed for one appeal.
RENEW = Limit("appeal-new-secret", 10, HOUR)
RENEW_OF_APPEAL = Limit("appeal-new-secret-mailed", 3, DAY)
#: Ratings, reopenings, withdrawals and consents of one client.
ACT = Limit("appeal-act", 60, TEN_MINUTES)


def spend_filing(request: HttpRequest) -> Verdict:
    """Count an appeal that is about to be registered: of a person, or of a client without one."""
    user = request.user
    if user.is_authenticated:
        return FILE.spend(user.pk) and FILE_IN_A_DAY.spend(user.pk)
    clients = client_groups(request)
    return FILE_OF_CLIENT.spend_client(clients) and FILE_OF_CLIENT_IN_A_DAY.spend_client(clients)
