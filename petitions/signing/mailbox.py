"""The key of a mailbox, equal for all spellings of its address: one mailbox, one signature.

``canonical`` begins with the address as it is delivered (core/domain/email_addresses.py), so that
what is dropped or mapped on the way makes no other mailbox, and brings the rest of its spellings
together:

* capital letters: no provider tells them apart, though RFC 5321 would let it;
* what follows a plus (``olena+pet@``), everywhere: the largest providers, and the servers that
  offices run, deliver it to the name before. Whoever has a real plus in their address signs with it
  as everybody does; only of two who differ in nothing else the second is asked to sign in;
* dots and other signs, tags, subdomains and domains under another name, only where the provider
  says so itself (``mailbox_rules.toml``): elsewhere ``o.koval@`` and ``ok.oval@`` are two people;
* domains that look the same and are not: letters of other scripts that imitate Latin ones count as
  those, so ``gmаil.com`` with a Cyrillic «а» is
  one mailbox with what it imitates. What merely resembles (``gmai1.com``) is another domain.

Nothing is sent to a canonical address: mails go where the person said.

``key_of`` is what is kept. It is keyed by ``settings.PERSON_KEY_SECRET``, which stands in no
database, and made anew for each petition: a mailbox cannot be tried out, nor followed from one
petition to another.

Until addresses were taken as they are delivered, invisible characters in a domain made another
mailbox, and each edition of the rules of providers makes fewer mailboxes than the one before.
``former_keys_of`` makes the keys of the former rules, where there are others: they are looked up
beside the new one, so that nobody signs twice across a change of rules.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError

from core.domain.email_addresses import to_comparable, to_delivered
from petitions.signing.mailbox_rules import ALIAS, RELAY, Rules, is_relay, mailbox_rules

#: Bytes of a key.
SIZE = 16

# Letters of other scripts that are drawn like Latin ones; small letters, for all else is folded.
_LOOK_ALIKE = str.maketrans(
    {
        # Cyrillic
        **dict(zip("асԁеһіјӏорԛѕԝхуѵ", "acdehijlopqswxyv", strict=True)),
        # Greek
        **dict(zip("αικνορυχγ", "aikvopuxy", strict=True)),
        # Armenian
        **dict(zip("հոսցօզ", "hnugoq", strict=True)),
        # Latin's own that differ by a stroke nobody sees
        **dict(zip("ıɑɡɩʏ", "iagiy", strict=True)),
    }
)


def canonical(email: str) -> str:
    """The one spelling of the mailbox, as text. Applied twice it changes nothing more."""
    return _canonical(_to_delivered(email))


def _canonical(email: str, rules: Rules | None = None) -> str:
    local, _at, domain = _fold_text(email).rpartition("@")
    return (rules or mailbox_rules().now).plain(local, _domain(domain, _LOOK_ALIKE))


def uncertainty(email: str) -> str:
    """Why nobody can tell which mailbox reads what is sent there: RELAY, ALIAS (a provider's name
    for another mailbox, as far as is known without a source), or "" for what can be told."""
    if is_relay(domain_of(email)):
        return RELAY
    delivered = _to_delivered(email)
    is_other = _canonical(delivered, mailbox_rules().all) != _canonical(delivered)
    return ALIAS if is_other else ""


def is_one(email: str, other: str) -> bool:
    """Whether what is sent to one address is read at the other. False where a domain merely looks
    like the other: who imitates a mailbox cannot sign beside its owner, and has no say about what
    its owner signed."""
    return bool(email and other) and _read_at(email) == _read_at(other)


def domain_of(email: str) -> str:
    """The domain to which mail is delivered, in lower case."""
    return to_comparable(email).rpartition("@")[2]


def _read_at(email: str) -> str:
    local, _at, domain = _fold_text(_to_delivered(email)).rpartition("@")
    return mailbox_rules().now.plain(local, _domain(domain, {}))


def _to_delivered(email: str) -> str:
    """As mail is delivered to it; as it is, where none can be (what was stored before)."""
    try:
        return to_delivered(email)
    except ValidationError:
        return email


def key_of(petition_id: int, email: str) -> bytes:
    """Key of the mailbox among those that signed one petition: SIZE bytes."""
    return _key(petition_id, canonical(email))


def former_keys_of(petition_id: int, email: str) -> list[bytes]:
    """The keys that the address had under former rules, as far as they are others."""
    return [_key(petition_id, mailbox) for mailbox in _mailboxes(email)[1:]]


def undelivered_key_of(petition_id: int, email: str) -> bytes | None:
    """The key that an address had before it was taken as it is delivered; None: the same one."""
    former = _canonical(email, mailbox_rules().editions[0])
    return None if former == canonical(email) else _key(petition_id, former)


def judged_key_of(petition_id: int, mailbox: bytes) -> bytes:
    """Key that replaces a row's former one, once it was found that its mailbox had signed under
    another one (petitions.defence.mailboxes).
    """
    return _key_text(f"petitions.mailbox.judged:{petition_id}:{mailbox.hex()}")[:SIZE]


def _mailboxes(email: str) -> list[str]:
    """Under which names the mailbox was known: the present one first."""
    delivered = _to_delivered(email)
    found = {_canonical(delivered): None, _canonical(email): None}
    for rules in mailbox_rules().editions[:-1]:
        found |= {_canonical(delivered, rules): None, _canonical(email, rules): None}
    return list(found)


def _key(petition_id: int, mailbox: str) -> bytes:
    return _key_text(f"petitions.mailbox:{petition_id}:{mailbox}")[:SIZE]


def keys_of(email: str, petition_ids: Iterable[int]) -> list[tuple[int, bytes]]:
    """Each of the petitions with ``key_of``, and with the former keys where there are others."""
    mailboxes = _mailboxes(email)
    return [(pk, _key(pk, mailbox)) for pk in petition_ids for mailbox in mailboxes]


def limit_key(email: str) -> str:
    """Key by which mails to the mailbox are counted, whatever they are about."""
    return _key_text(f"petitions.mailbox:{canonical(email)}").hex()


def _domain(written: str, drawn_alike: Mapping[int, str]) -> str:
    """A domain in ASCII, as what it looks like where some letters are drawn like others."""
    text = ".".join(_label(label) for label in written.rstrip(".").split("."))
    return ".".join(_ascii(label) for label in text.translate(drawn_alike).split("."))


def _label(label: str) -> str:
    """A label as it is read: ``xn--…`` in its own script."""
    while label.startswith("xn--"):
        try:
            label = _fold_text(label[4:].encode("ascii").decode("punycode"))
        except ValueError:
            break
    return label


def _ascii(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def _fold_text(text: str) -> str:
    """Without capital letters, and without the wide and joined forms of letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.strip()).casefold())


def _key_text(text: str) -> bytes:
    return hmac.new(settings.PERSON_KEY_SECRET.encode(), text.encode(), sha256).digest()
