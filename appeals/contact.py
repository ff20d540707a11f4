"""Recipients of mails about an appeal, and how much the mails may tell there.

An account's e-mail was confirmed before anybody got in. What somebody typed into the form of an
appeal was not: a slip is enough, and it is a stranger's mailbox.
"""

from __future__ import annotations

from dataclasses import dataclass

from appeals.models import Appeal


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail of an applicant. ``is_confirmed``: letters may go there whole."""

    email: str
    is_confirmed: bool


def contact_of(appeal: Appeal) -> Contact | None:
    """The e-mail of the account, else the one given with the appeal; None where there is neither.

    ``appeal`` comes with its ``author``.
    """
    author = appeal.author
    if author is not None and author.email and author.erased_at is None:
        return Contact(author.email, is_confirmed=True)
    return Contact(appeal.email, is_confirmed=False) if appeal.email else None
