"""The account's first page: a card for each thing that one can see or change about oneself."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Card:
    """``route``: the name of the page; ``text``: what one does there, in a line."""

    route: str
    title: str | Promise
    text: str | Promise

    @property
    def url(self) -> str:
        return reverse(self.route)


CARDS = (
    Card(
        "account_profile",
        _("Name and language"),
        _("What others see beside your words, and the language of mails."),
    ),
    Card("account_email", _("E-mail"), _("Where mails go and what you sign in with.")),
    Card("account_change_password", _("Password"), _("Change it, or choose one.")),
    Card(
        "mfa_index",
        _("Second factor"),
        _("An app, passkeys and recovery codes: a stolen password is of no use then."),
    ),
    Card(
        "usersessions_list",
        _("Where I am signed in"),
        _("Your devices; sign out anywhere, at once."),
    ),
    Card(
        "residence:mine",
        _("Where I live"),
        _("Your district, for what only residents may decide."),
    ),
    Card(
        "identity:verify",
        _("Confirm who I am"),
        _("By id.gov.ua or at the city’s desk: one living person, one voice."),
    ),
    Card(
        "panel_account:consent",
        _("Panels by lot"),
        _("Whether you may be drawn and asked how far you trust the council."),
    ),
    Card(
        "notifications:settings",
        _("Notifications"),
        _("What you follow, how often we write, and what has happened."),
    ),
    Card(
        "organisations:mine",
        _("My organisations"),
        _("Whom you speak for, and who speaks for yours."),
    ),
    Card(
        "tokens:list",
        _("Programs that may act in my name"),
        _("Tokens for them: what each may do, and their end."),
    ),
    Card(
        "my_data",
        _("My data"),
        _("Download all that is kept about you, see who looked at it, or erase it."),
    ),
)
