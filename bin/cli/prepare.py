"""Makes a database ready for the product; run by the environment's Python, not by the command's.

Prints what the demo city prints (its people's logins). Whatever a person can mend is one sentence
on standard error and exit code 1; a traceback goes to .local/log/prepare.log.
"""

import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:1] = [str(ROOT), str(ROOT / "bin")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402 (needs the path above)
import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import CommandError, call_command, get_commands  # noqa: E402
from django.db import Error, connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from cli.clone import UserError  # noqa: E402
from cli.council import require_council  # noqa: E402
from cli.owner import plain_url, require_roles  # noqa: E402
from core.audit_log import protection  # noqa: E402
from core.db.migrating import draw_only_what_changes  # noqa: E402


def main(arguments: list[str]) -> str | None:
    """Migrates, and with `--demo` loads the demo city. Answers what went wrong, if anything did."""
    django.setup()
    try:
        if error := _unready_roles() or _unfit() or _unnamed():
            return error
        if "--demo" in arguments:
            draw_only_what_changes()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        if settings.OWNER_DATABASE_URL:
            protection.secure_audit()
        if not settings.DEBUG and (line := protection.describe_faults()):
            if settings.HAS_OWNER:
                return line
            print(line, file=sys.stderr)
        if "--demo" in arguments and "load_demo" in get_commands():
            call_command("load_demo")
        call_command("begin_record", verbosity=0)
        call_command("fill_search", "--once", verbosity=0)
        call_command("fill_records", "--once", verbosity=0)
    except Error as error:
        return f"The database refuses: {_first_line(error)}."
    except CommandError as error:
        return str(error)
    return None


def _unready_roles() -> str | None:
    """Why the owner of the audit log cannot act as the application, if it cannot."""
    if not settings.OWNER_DATABASE_URL:
        return None
    try:
        require_roles(os.environ["DATABASE_URL"])
    except UserError as error:
        return str(error)
    return None


def _unfit() -> str | None:
    """Why the database that DATABASE_URL names cannot carry the product, if it cannot."""
    try:
        # Not through the pool, which would only say that it has waited in vain.
        psycopg.connect(**connection.get_connection_params()).close()
    except psycopg.Error as error:
        return f"The database cannot be reached: {_first_line(error)}."
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datctype, current_setting('server_version_num')"
            " FROM pg_database WHERE datname = current_database()"
        )
        encoding, character_types, version = cursor.fetchone()
    if int(version) < 150000:
        return f"PostgreSQL 15 or newer is needed, this is {int(version) // 10000}."
    if encoding != "UTF8" or character_types in ("C", "POSIX"):
        return (
            f"The database is {encoding} with the character types of {character_types!r}, in which"
            " search finds no Cyrillic: create it with ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            " TEMPLATE template0."
        )
    return None if settings.DEBUG else _unfit_log() or _unfit_pooler()


def _unnamed() -> str | None:
    """Why the council's row cannot be made of the settings, where there is none yet."""
    if settings.DEBUG:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('city_council') IS NOT NULL")
        (is_made,) = cursor.fetchone()
    if is_made:
        return None
    try:
        require_council(os.environ)
    except UserError as error:
        return str(error)
    return None


def _unfit_log() -> str | None:
    """Why PostgreSQL's log could hold what people write or how they vote, if it could.

    Statements come to the log with their values apart (docs/adr/0024).
    """
    # The application's own sessions: those of the owner have its settings.
    try:
        with psycopg.connect(plain_url(os.environ["DATABASE_URL"]), connect_timeout=5) as server:
            wrong = server.execute(
                "SELECT name, session_user FROM pg_settings WHERE name IN"
                " ('log_parameter_max_length', 'log_parameter_max_length_on_error')"
                " AND setting <> '0'"
            ).fetchall()
    except psycopg.Error as error:
        return f"The database cannot be reached: {_first_line(error)}."
    if not wrong:
        return None
    commands = " ".join(f"ALTER ROLE {role} SET {name} = 0;" for name, role in wrong)
    return (
        "PostgreSQL's log may hold what people write and how they vote. Run as its superuser:"
        f" {commands}"
    )


#: What each connection of Viche's asks for, in ms; through PgBouncer the role has to have it.
_TIMEOUTS = {
    "lock_timeout": 5_000,
    "statement_timeout": 60_000,
    "idle_in_transaction_session_timeout": 60_000,
}


def _unfit_pooler() -> str | None:
    """Why connections through PgBouncer would wait without end, if they would."""
    pooled = os.environ.get("POOLED_DATABASE_URL")
    if not pooled:
        return None
    try:
        with psycopg.connect(pooled, connect_timeout=5) as server:
            found = server.execute(
                "SELECT name, setting::int FROM pg_settings WHERE name = ANY(%s)", [[*_TIMEOUTS]]
            ).fetchall()
            role = server.info.user
    except psycopg.Error as error:
        return f"PgBouncer cannot be reached by DATABASE_URL: {_first_line(error)}."
    wrong = {name: _TIMEOUTS[name] for name, value in found if value != _TIMEOUTS[name]}
    if not wrong:
        return None
    commands = " ".join(
        f"ALTER ROLE {role} SET {name} = '{milliseconds // 1000}s';"
        for name, milliseconds in wrong.items()
    )
    return (
        "Through PgBouncer connections have no time limits. Run as PostgreSQL's superuser, and then"
        f" RECONNECT in PgBouncer's console: {commands}"
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].removesuffix(".") if str(error).strip() else "no word"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Exception as error:
        log = ROOT / ".local" / "log" / "prepare.log"
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(traceback.format_exc())
        except OSError:  # in a container the clone is not ours to write to
            traceback.print_exc()
            sys.exit("The database could not be prepared; the lines above say why.")
        sys.exit(f"The database could not be prepared ({type(error).__name__}); {log} says why.")
