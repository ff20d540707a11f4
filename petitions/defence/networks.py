"""The client's network (/24, /48) and the mailbox domain of a signature."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from core.web.client_ip import IPV6_GROUP, NETWORK

#: Mailboxes of these are everybody's: their number says nothing about who holds them.
SHARED_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "i.ua",
        "icloud.com",
        "live.com",
        "meta.ua",
        "online.ua",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "ukr.net",
        "yahoo.com",
    }
)

#: Letters of a country's domain, and of what countries let everybody register under (com.ua).
_COUNTRY, _SHORT = 2, 3
_KINDS = frozenset({"com", "edu", "gov", "net", "org"})
# fmt: off
_REGIONS = frozenset({
    "cherkassy", "cherkasy", "chernigov", "chernihiv", "chernivtsi", "chernovtsy", "crimea",
    "dnepropetrovsk", "dnipropetrovsk", "donetsk", "ivano-frankivsk", "kharkiv", "kharkov",
    "kherson", "khmelnitskiy", "khmelnytskyi", "kiev", "kirovograd", "kyiv", "luhansk",
    "lugansk", "lutsk", "lviv", "mykolaiv", "nikolaev", "odesa", "odessa", "poltava", "rivne",
    "rovno", "sebastopol", "sumy", "ternopil", "uzhgorod", "uzhhorod", "vinnica", "vinnytsia",
    "volyn", "yalta", "zaporizhzhe", "zaporizhzhia", "zhitomir", "zhytomyr",
})
# fmt: on


def format_network(network: str) -> str:
    """A network as people write it: 203.0.113.0/24."""
    return f"{network}/{NETWORK[ipaddress.ip_address(network).version]}"


def client_of(address: str) -> str:
    """One client's network: the address, or the /64 network of an IPv6 one."""
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_GROUP}", strict=False))


def owner_of(domain: str) -> str:
    """The part of a mailbox domain that somebody registers: who owns one makes as many domains
    below it as they like, and all of them are theirs («a.evil.example» -> «evil.example»).

    Names below those that everybody registers under («school.edu.kr.ua», «firm.com.ua») are told
    apart as far as it goes without the public list of them: too fine is better than too coarse.
    """
    labels = domain.lower().rstrip(".").split(".")
    shared = 1
    if len(labels[-1]) == _COUNTRY and len(labels) > shared:
        shared += len(labels[-2]) <= _SHORT or labels[-2] in _REGIONS
    if shared > 1 and len(labels) > shared:
        shared += labels[-3] in _KINDS
    return ".".join(labels[-shared - 1 :])


def is_disposable(domain: str) -> bool:
    """Whether mailboxes of ``domain``, or of what it is a part of, are thrown away after use."""
    labels = domain.lower().split(".")
    listed = _listed_domains(settings.DISPOSABLE_DOMAINS_FILE)
    return any(".".join(labels[place:]) in listed for place in range(len(labels)))


@lru_cache(maxsize=4)
def _listed_domains(path: str) -> frozenset[str]:
    if not path:
        return frozenset()
    lines = (line.partition("#")[0].strip() for line in Path(path).read_text("utf-8").splitlines())
    return frozenset(line.lower() for line in lines if line)
