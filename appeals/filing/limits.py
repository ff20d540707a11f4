"""Limits of filing appeals and of trying secrets."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.limits import DAY, HOUR, TEN_MINUTES, Limit
from core.domain.rules import ALLOWED, Verdict, refuse
from core.web.client_ip import client_groups
from core.web.limits import spend_in_turn

#: Appeals of one person who is signed in.
FILE = Limit("appeal-file", 20, HOUR)
FILE_IN_A_DAY = Limit("appeal-file-day", 50, DAY)
#: Appeals without an account: narrowly of one contact (e-mail, telephone or residence) by a client,
#: and by a client so widely that nobody closes filing to all who share an address with them, which
#: a village or a mobile provider's customers do. The law knows no refusal to register.
FILE_OF_CONTACT = Limit("appeal-file-contact", 10, HOUR)
FILE_OF_CLIENT = Limit("appeal-file-client", 300, TEN_MINUTES)
FILE_OF_CLIENT_IN_A_DAY = Limit("appeal-file-client-day", 5_000, DAY)
#: Megabytes, each begun one whole, of files without an account, by one client.
FILES_OF_CLIENT = Limit("appeal-files-client-day", 1_000, DAY)
#: Forms with files that one client sends, whole or not: each file is looked at.
SEND = Limit("appeal-send", 600, TEN_MINUTES)
#: Wrong secrets by one client. The right one opens also beyond: behind one address others guess.
FIND = Limit("appeal-find", 30, TEN_MINUTES)
#: Wrong secrets for one number, by all clients together. The right one opens it also beyond, so
#: that strangers who know a number cannot lock its applicant out.
WRONG = Limit("appeal-wrong-secret", 50, HOUR)
#: New secrets asked for by one client, and mailed for one appeal.
RENEW = Limit("appeal-new-secret", 10, HOUR)
RENEW_OF_APPEAL = Limit("appeal-new-secret-mailed", 3, DAY)
#: Ratings, reopenings, withdrawals and consents of one client.
ACT = Limit("appeal-act", 60, TEN_MINUTES)


_MEGABYTE = 2**20
_TOO_MUCH = refuse(
    "appeal.too_much_of_client",
    gettext_lazy(
        "Very many files came from your network today. Send it without files and bring or mail "
        "them, or sign in to an account."
    ),
    field="files",
)


def spend_filing(request: HttpRequest, *, contact: str = "", size: int = 0) -> Verdict:
    """Count an appeal that is about to be registered: of a person, or of a client without one.

    ``contact``: how who has no account is reached; ``size``: the bytes of the files together.
    """
    user = request.user
    if user.is_authenticated:
        return spend_in_turn([*FILE.tries(user.pk), *FILE_IN_A_DAY.tries(user.pk)])
    clients = client_groups(request)
    return spend_in_turn(
        [
            *FILE_OF_CONTACT.tries_of_client(clients, contact),
            *FILE_OF_CLIENT.tries_of_client(clients),
            *FILE_OF_CLIENT_IN_A_DAY.tries_of_client(clients),
        ]
    ) and _spend_files(clients, ceil(size / _MEGABYTE))


def _spend_files(clients: Sequence[str], megabytes: int) -> Verdict:
    if not megabytes or FILES_OF_CLIENT.spend_client(clients, times=megabytes):
        return ALLOWED
    return _TOO_MUCH
