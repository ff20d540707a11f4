"""Whether mails to an address are stopped, and the mail by which its owner starts them again."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.limits import DAY, Limit
from core.domain import clock, outbox
from core.domain.email_addresses import to_comparable
from core.domain.link_tokens import is_token, make_token
from core.domain.rules import Verdict
from notifications.channels.bounces.actions import note_working
from notifications.models import BouncedAddress

#: What is sent all the same: the security of an account, codes that somebody waits for, and what
#: the law has the council send (393/96-ВР arts 15, 20; 2939-VI art. 20).
ALWAYS = (
    "accounts/",
    "tokens/",
    "appeals/",
    "petitions/confirm_signature",
    "petitions/signed_already",
    "notifications/address_works",
)
#: Mails that ask an address whether it works.
ASK = Limit("ask-bounced-address", 3, DAY)
_SALT = "notifications.channels.bounces.works"
#: Seconds for which the link works.
_LINK_SECONDS = 2 * 24 * 3600


def is_stopped(template: str, email: str) -> bool:
    """Whether the mail ``emails/<template>`` is not sent, because nothing reaches the address. One
    query, and none where bounces are not read."""
    return not template.startswith(ALWAYS) and bounce_of(email) is not None


def bounce_of(email: str | None) -> BouncedAddress | None:
    """When and how mails to an address came back; None: they do not."""
    if not email or not settings.BOUNCE_ADDRESS:
        return None
    return BouncedAddress.objects.filter(email=to_comparable(email)).first()


def ask_whether_works(bounced: BouncedAddress) -> Verdict:
    """Queue a mail with a link to the address; who opens it has got it. Refused over the limit."""
    verdict = ASK.spend(bounced.pk)
    if verdict:
        outbox.defer(
            "notifications.channels.jobs.ask_whether_works",
            bounced_id=bounced.pk,
            language=translation.get_language() or settings.LANGUAGE_CODE,
        )
    return verdict


def link_of(bounced: BouncedAddress) -> str:
    """The path of the link in that mail, in the active language."""
    made = int(clock.now().timestamp())
    token = f"{make_token(_SALT, _row(bounced, made))}-{made}"
    return reverse("channels:address_works", args=[bounced.pk, token])


def find_by_link(pk: int, token: str) -> BouncedAddress | None:
    """The address that a link is of, unless the link is forged, old, or of an earlier bounce."""
    found = BouncedAddress.objects.filter(pk=pk).first()
    given, _dash, made = token.rpartition("-")
    if found is None or not (made.isascii() and made.isdecimal() and len(made) < 12):
        return None
    is_of = is_token(given, _SALT, _row(found, int(made)))
    return found if is_of and clock.now().timestamp() < int(made) + _LINK_SECONDS else None


def _row(bounced: BouncedAddress, made: int) -> str:
    """Content of the token: this bounce, and the second in which the link was made."""
    return f"{bounced.pk}:{bounced.at.timestamp()}:{made}"


def confirm(bounced: BouncedAddress) -> None:
    """Its owner got the mail: it works again."""
    note_working(bounced.email)
