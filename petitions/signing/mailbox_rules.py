"""Address rules of mail providers, read from ``mailbox_rules.toml``, which explains itself.

The rules that bring spellings together are those with a source (and those that stood before sources
were asked for). By the others an address is only told to be uncertain.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

#: The marks of what cannot be judged (petitions.defence.suspicions.NAMES).
RELAY, ALIAS = "relay", "alias"


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of one edition, by the domain to which they apply."""

    same_as: dict[str, str]
    ignored: dict[str, str]
    tags: dict[str, str]
    subdomains: frozenset[str]

    def plain(self, local: str, domain: str) -> str:
        """The address under which a mailbox is known, of one in lower case."""
        domain = self.same_as.get(domain, domain)
        name, _dot, rest = domain.partition(".")
        while rest:
            if rest in self.subdomains:
                local, domain = name, rest
                break
            name, _dot, rest = rest.partition(".")
        if local.startswith('"') and local.endswith('"') and len(local) > 2:
            local = local[1:-1].replace("\\", "")
        local = local.partition("+")[0] or local
        if tag := self.tags.get(domain):
            local = local.partition(tag)[0] or local
        if ignored := self.ignored.get(domain):
            local = local.translate(dict.fromkeys(map(ord, ignored))) or local
        return f"{local}@{domain}"


@dataclass(frozen=True, slots=True)
class MailboxRules:
    """A file of rules: ``editions``, the latest last; ``all``: with those that have no source."""

    editions: tuple[Rules, ...]
    all: Rules
    relays: frozenset[str]

    @property
    def now(self) -> Rules:
        return self.editions[-1]


def mailbox_rules() -> MailboxRules:
    """The rules of ``settings.MAILBOX_RULES_FILE``; a process reads the file once."""
    return _read(settings.MAILBOX_RULES_FILE)


def is_relay(domain: str) -> bool:
    """Whether addresses of ``domain``, or of what it is a part of, are sent on to a mailbox that
    only the relay knows."""
    relays = mailbox_rules().relays
    labels = domain.lower().split(".")
    return any(".".join(labels[place:]) in relays for place in range(len(labels)))


def ruled_domains() -> str:
    """A pattern of PostgreSQL for addresses of which rules or relays say something."""
    rules = mailbox_rules()
    named = {*rules.all.same_as, *rules.all.ignored, *rules.all.tags, *rules.all.subdomains}
    domains = "|".join(re.escape(domain) for domain in sorted(named | rules.relays))
    return rf"@([^@]+\.)?({domains})$"


@lru_cache(maxsize=4)
def _read(path: str) -> MailboxRules:
    found = tomllib.loads(Path(path).read_text("utf-8"))
    rules: list[dict[str, Any]] = found.get("rule", [])
    used = [rule for rule in rules if rule.get("source") or rule.get("stood_before")]
    editions = sorted({rule["edition"] for rule in used}) or [1]
    return MailboxRules(
        tuple(_rules(rule for rule in used if rule["edition"] <= last) for last in editions),
        _rules(rules),
        frozenset(domain for relay in found.get("relay", []) for domain in relay["domains"]),
    )


def _rules(rules: Iterable[dict[str, Any]]) -> Rules:
    made = Rules({}, {}, {}, frozenset())
    subdomains: set[str] = set()
    for rule in rules:
        for domain in rule["domains"]:
            if "same_as" in rule:
                made.same_as[domain] = rule["same_as"]
            if "ignored" in rule:
                made.ignored[domain] = made.ignored.get(domain, "") + rule["ignored"]
            if "tag" in rule:
                made.tags[domain] = rule["tag"]
            if rule.get("subdomains"):
                subdomains.add(domain)
    return Rules(made.same_as, made.ignored, made.tags, frozenset(subdomains))
