"""Limits of signatures of one petition in a window, beyond which the next wait for a check."""

from __future__ import annotations

from datetime import timedelta

import environ

env = environ.Env()

#: How many, in which time; 0: no limit. petitions/defence/suspicions.py says why so many.
SIGNING_LIMITS = {
    "address": (env.int("SIGNATURES_PER_ADDRESS", default=200), timedelta(days=1)),
    "network": (env.int("SIGNATURES_PER_NETWORK", default=500), timedelta(days=1)),
    "domain": (env.int("SIGNATURES_PER_DOMAIN", default=200), timedelta(days=1)),
    "petition": (env.int("SIGNATURES_PER_HOUR", default=3000), timedelta(hours=1)),
}
