"""How an address is spelled on the list of a poll, so that it is found again."""

from __future__ import annotations

import unicodedata


def spelled(email: str) -> str:
    """The one spelling of an address: no capital letters, no wide ones, the domain in ASCII.

    Not more than that: whoever else reads a provider's mail under another spelling (dots, what
    follows a plus) is not known for certain, and a vote is nobody else's. Applied twice it changes
    nothing more.
    """
    local, at, domain = unicodedata.normalize("NFKC", email.strip()).lower().rpartition("@")
    return f"{local}{at}{_ascii(domain)}"


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
