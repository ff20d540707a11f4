"""Terms and limits of what people do: moderation, remarks, appeals, petitions, the hall."""

from __future__ import annotations

from config.settings.base import BASE_DIR, env

#: Days for which an author may contest that their words were hidden.
MODERATION_CONTEST_DAYS = env.int("MODERATION_CONTEST_DAYS", default=10)
#: Minutes for which a moderator holds what they have taken to read.
MODERATION_CLAIM_MINUTES = env.int("MODERATION_CLAIM_MINUTES", default=20)
#: Seconds for which a shared page may be shown as it was rendered while its topics'
#: counters stand still (core/web/pages.py). 0: render each time.
SHARED_PAGE_SECONDS = env.float("SHARED_PAGE_SECONDS", default=1.0)
#: Seconds for which a process takes the council's row for current where nothing has told it the
#: counter of its topic (core/domain/council.py).
COUNCIL_SECONDS = 1.0
#: Seconds after which the code on a hall's display is another one; each is good for twice as long.
HALL_CODE_SECONDS = env.int("HALL_CODE_SECONDS", default=30)
#: Remarks and replies that one person may write in an hour (consultations/remarks/limits.py).
REMARKS_PER_HOUR = env.int("REMARKS_PER_HOUR", default=60)
#: When the office of the council closes: what comes later is registered on the next working day
#: (КМУ 348 п. 2).
OFFICE_CLOSES_AT = env("OFFICE_CLOSES_AT", default="17:00")
#: So many marks within ten minutes raise a petition's guard (petitions/defence/guarding.py).
GUARD_AT = env.int("GUARD_AT", default=30)
#: Rounds of PBKDF2 for each of the 150 to 300 tries of a proof of work.
PROOF_COST = env.int("PROOF_COST", default=2000)
#: Domains of mailboxes that anybody takes for ten minutes, one a line; "": none is suspected.
DISPOSABLE_DOMAINS_FILE = env(
    "DISPOSABLE_DOMAINS_FILE", default=str(BASE_DIR / "petitions/defence/disposable.txt")
)
#: What providers of mailboxes say of their addresses, and relays (petitions/signing/mailbox.py).
MAILBOX_RULES_FILE = env(
    "MAILBOX_RULES_FILE", default=str(BASE_DIR / "petitions/signing/mailbox_rules.toml")
)
#: Hours for which the link of a signature by mail works.
SIGNATURE_LINK_HOURS = env.int("SIGNATURE_LINK_HOURS", default=48)
#: Seconds after which a process merges the visitors that it counted into the database: so much is
#: lost where it is killed (insights/visits/counting.py). 0: when it is told to.
VISITS_FLUSH_SECONDS = env.float("VISITS_FLUSH_SECONDS", default=30.0)
