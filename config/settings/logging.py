"""Logs, reports of faults, time-stamps of the audit log."""

from __future__ import annotations

from config.settings.base import env

#: The authority that stamps the head of each day (RFC 3161); empty: none is asked.
TIMESTAMP_URL = env("TIMESTAMP_URL", default="")
#: A PEM file of root certificates, to one of which the authority's is to lead; "": not checked.
TIMESTAMP_ROOTS = env("TIMESTAMP_ROOTS", default="")
#: Where ballots are shown and cast: no line, no id, no time and no report of a fault tells of a
#: request there (docs/adr/0024, 0040).
BALLOT_PATHS = (
    r"^/(en/)?(polls/\d+/(vote|code|check|codes\.txt)|desk/polls/\d+/opening"
    r"|api/v1/polls/\d+/(secret-)?ballot)(/|$)"
)
#: Where faults are reported, scrubbed of everything personal (core/web/fault_reports.py).
SENTRY_DSN = env("SENTRY_DSN", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "core.web.logs.Line"}, "json": {"()": "core.web.logs.JsonLine"}},
    "filters": {
        "without_secrets": {"()": "core.web.logs.WithoutSecrets"},
        "without_traces": {"()": "core.web.logs.WithoutTracesOfRefusals"},
        "without_ballots": {"()": "core.web.logs.WithoutBallots"},
        "with_ids": {"()": "core.web.logs.WithIds"},
        "ordinary_refusals": {"()": "core.web.logs.OrdinaryRefusals"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            #: text or json.
            "formatter": env("LOG_FORMAT", default="") or "text",
            "filters": ["without_secrets", "without_traces", "without_ballots", "with_ids"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django.request": {"filters": ["ordinary_refusals"]},
        # It writes addresses, and those of identity providers hold tokens.
        "urllib3": {"level": "WARNING"},
        # It writes what cameras add to photographs, which are of private appeals, too.
        "PIL": {"level": "WARNING"},
    },
}
