"""PostgreSQL, the only server; caches."""

from __future__ import annotations

from config import connections, owner
from config.settings.base import env

#: PostgreSQL itself, where DATABASE_URL leads to a pooler: signals are listened to there, and
#: bin/serve gives it to jobs and migrations. Empty: DATABASE_URL is PostgreSQL.
LIVE_DATABASE_URL = env("LIVE_DATABASE_URL", default="")
#: DATABASE_URL leads to PgBouncer in its transaction mode: nothing may stay with a connection from
#: one transaction to the next (docs/deploy.md, Behind PgBouncer).
PGBOUNCER = env.bool("PGBOUNCER", default=False)
_application = env.db("DATABASE_URL", default="postgres:///viche")
#: The address of the owner of the audit log, given to migrations and to the commands about that log
#: alone: they act as the application all the same (config/owner.py, ADR 57).
OWNER_DATABASE_URL = owner.read_owner_url(
    env("OWNER_DATABASE_URL", default=""), env("OWNER_DATABASE_URL_FILE", default="")
)
#: Whether this installation has an owner, be this process its or not.
HAS_OWNER = bool(OWNER_DATABASE_URL or env("OWNER_DATABASE_URL_FILE", default=""))
_database = env.db_url_config(OWNER_DATABASE_URL) if OWNER_DATABASE_URL else _application
_role = owner.acting_role(_database, _application)
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            # One pool a process: a new connection costs 5 ms.
            "pool": {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL", default=12),
                "timeout": 5,
                "check": connections.check,
            },
            # Without a threshold Django's psycopg prepares nothing (docs/adr/0006).
            "prepare_threshold": 3,
            "server_side_binding": True,
            "connect_timeout": 5,
            "application_name": connections.APPLICATION_NAME,
            # PgBouncer refuses them: the role has them there (bin/serve --prepare checks it).
            **(
                {}
                if PGBOUNCER
                else {
                    "options": "-c lock_timeout=5s -c statement_timeout=60s"
                    " -c idle_in_transaction_session_timeout=60s"
                    + (f" -c role={_role}" if _role else "")
                }
            ),
        },
        "DISABLE_SERVER_SIDE_CURSORS": PGBOUNCER,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Limits that must hold across processes, on an UNLOGGED table (core/migrations).
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Only what can be recomputed.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "viche"},
}
