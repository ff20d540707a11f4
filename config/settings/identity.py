"""Proofs of who people are: identity, residence, paper."""

from __future__ import annotations

import environ

from config import identity_providers
from config.settings.base import DEBUG, env

#: Keys the hashes of РНОКПП (accounts/identity/keys.py); whoever changes it forgets who is who.
PERSON_KEY_SECRET = env(
    "PERSON_KEY_SECRET",
    default="demo-persons-that-bin/serve-refuses" if DEBUG else environ.Env.NOTSET,
)
#: Days for which a check of somebody's identity counts; so many before, people are reminded.
IDENTITY_DAYS = env.int("IDENTITY_DAYS", default=2 * 365)
IDENTITY_REMIND_DAYS = env.int("IDENTITY_REMIND_DAYS", default=30)
#: Who checks people for us: docs/identity.md.
IDENTITY_PROVIDERS = identity_providers.providers(
    openid=env("IDENTITY_PROVIDERS", default=""),
    idgov={
        "url": env("IDGOV_URL", default=""),
        "client_id": env("IDGOV_CLIENT_ID", default=""),
        "secret": env("IDGOV_CLIENT_SECRET", default=""),
        "auth_types": env("IDGOV_AUTH_TYPES", default=identity_providers.AUTH_TYPES),
    },
)
SOCIALACCOUNT_ADAPTER = "accounts.identity.adapter.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
#: Days for which a checked residence counts, by its basis; then it is renewed.
RESIDENCE_DAYS = {
    "registered": env.int("RESIDENCE_DAYS", default=3 * 365),
    "displaced": env.int("RESIDENCE_DAYS_DISPLACED", default=365),
}
#: So many days before, people are reminded.
RESIDENCE_REMIND_DAYS = env.int("RESIDENCE_REMIND_DAYS", default=30)
#: Days for which the code of a letter works, from its printing.
LETTER_DAYS = env.int("LETTER_DAYS", default=45)
#: Days for which a sheet of codes for people without e-mail works.
PAPER_SHEET_DAYS = env.int("PAPER_SHEET_DAYS", default=2 * 365)
#: Where the window of the council's envelopes is: right or left.
LETTER_WINDOW = env("LETTER_WINDOW", default="right")
#: People whom one officer may check by lists in a day alone; more wait for a second officer.
CHECKS_ALONE = env.int("CHECKS_ALONE", default=5)
