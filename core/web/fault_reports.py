"""Error reports to a Sentry of the council's choice; off unless SENTRY_DSN is set.

A report says what failed and where in the code: the kind of the exception, the functions on the
way to it, the release, the ids of the request and the job. It is built anew from these, so that
nothing of a person can be in it: no address, query, body, cookie or header, no e-mail, name or IP,
no values of variables, no message of an exception (PostgreSQL's quote rows). Of ballots there is
none (docs/adr/0024, 0040).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from core.web import log_context

_FRAME = ("filename", "function", "lineno", "module", "in_app")
_KEPT = ("event_id", "timestamp", "platform", "level", "release", "server_name", "logger")


def start(dsn: str, *, release: str, own: frozenset[str], transport: Any = None) -> None:
    """Send reports to ``dsn``. ``own``: the packages whose log messages are kept, without their
    values. Raises ImproperlyConfigured when the extra is not installed."""
    try:
        import sentry_sdk
    except ImportError:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set and sentry-sdk is not installed: run bin/serve --prepare."
        ) from None

    def before_send(event: Any, hint: Any) -> Any:
        return None if log_context.is_silent() else scrub(event, own)

    sentry_sdk.init(
        dsn=dsn,
        release=release,
        transport=transport,
        before_send=before_send,
        before_send_transaction=lambda event, hint: None,
        before_breadcrumb=lambda crumb, hint: None,
        max_breadcrumbs=0,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        auto_session_tracking=False,
        send_client_reports=False,
        enable_logs=False,
    )


def scrub(event: dict[str, Any], own: frozenset[str]) -> dict[str, Any]:
    """An event of what is listed here, and of nothing else."""
    kept: dict[str, Any] = {name: event[name] for name in _KEPT if name in event}
    if exceptions := event.get("exception", {}).get("values"):
        kept["exception"] = {"values": [_exception(each) for each in exceptions]}
    elif str(event.get("logger", "")).partition(".")[0] in own:
        # The constant part of the message, before its values are put in.
        kept["logentry"] = {"message": event.get("logentry", {}).get("message", "")}
    if event.get("transaction_info", {}).get("source") in ("route", "component", "task"):
        kept["transaction"] = event.get("transaction")
    ids = {"request_id": log_context.request_id(), "job_id": log_context.job_id()}
    kept["tags"] = {name: str(value) for name, value in ids.items() if value}
    return kept


def _exception(found: dict[str, Any]) -> dict[str, Any]:
    frames = (found.get("stacktrace") or {}).get("frames", [])
    return {
        "type": found.get("type"),
        "module": found.get("module"),
        "stacktrace": {
            "frames": [{name: one[name] for name in _FRAME if name in one} for one in frames]
        },
    }
