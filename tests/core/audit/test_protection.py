"""The application's role can read and add to its audit log, nothing else, and is told otherwise."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg import sql

from core.audit_log import protection
from core.db import roles
from core.models import AuditEntry

ROLE = "viche_of_a_test"
ENTRY = "INSERT INTO audit.entry (event, ids) VALUES ('Test', '{}') RETURNING id"
ANCHOR = (
    "INSERT INTO audit.anchor (day, number, head, kind, verdict, reason, organisation, format,"
    " request, content, sha256)"
    " VALUES (now(), 1, '', 'seal', 'unchecked', '', '', 'p7s', '', '', '') RETURNING id"
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def application(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a role that the owner has let read and add to the audit log."""
    name = sql.Identifier(ROLE)
    with django_db_blocker.unblock(), psycopg.connect(owner_url(), autocommit=True) as server:
        gone = sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(name)
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'of-a-test'").format(name))
        with transaction.atomic(), connection.cursor() as cursor:
            roles.secure(cursor, ROLE)
        server.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(name))
        connection.close()
        url = psycopg.conninfo.make_conninfo(owner_url(), user=ROLE, password="of-a-test")
        yield url
        server.execute(gone)


def owner_url() -> str:
    kept = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        host=kept["HOST"],
        port=kept["PORT"] or None,
        user=kept["USER"],
        password=kept["PASSWORD"],
        dbname=kept["NAME"],
    )


def test_the_application_adds_and_reads(application):
    with psycopg.connect(application) as database:
        (number,) = database.execute(ENTRY).fetchone()
        found = database.execute("SELECT event FROM audit.entry WHERE id = %s", [number])
        assert found.fetchone() == ("Test",)
        (number,) = database.execute(ANCHOR).fetchone()
        found = database.execute("SELECT verdict FROM audit.anchor WHERE id = %s", [number])
        assert found.fetchone() == ("unchecked",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.entry SET ids = '{}'",
        "UPDATE audit.link SET hash = ''",
        "DELETE FROM audit.entry",
        "DELETE FROM audit.link",
        "UPDATE audit.anchor SET verdict = 'valid'",
        "DELETE FROM audit.anchor",
        "TRUNCATE audit.entry",
        "DROP TABLE audit.entry",
        "DROP SCHEMA audit CASCADE",
        "ALTER TABLE audit.entry ADD COLUMN more text",
        "ALTER TABLE audit.entry DISABLE TRIGGER ALL",
        "ALTER TABLE audit.entry OWNER TO CURRENT_USER",
        "ALTER TABLE audit.entry SET SCHEMA public",
        "CREATE TRIGGER one BEFORE INSERT ON audit.entry FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE one AS ON INSERT TO audit.entry DO INSTEAD NOTHING",
        "CREATE TABLE audit.other (id int)",
        "GRANT UPDATE ON audit.entry TO CURRENT_USER",
        "SELECT setval(pg_get_serial_sequence('audit.entry', 'id'), 1)",
        "SET session_replication_role = replica",
        "SELECT FROM audit.entry FOR UPDATE",
    ],
)
def test_the_application_changes_nothing(application, statement):
    kept = AuditEntry.objects.create(event="Kept", ids={"poll_id": 1})
    with (
        psycopg.connect(application) as database,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)),
    ):
        database.execute(statement)
        # A grant that nobody may give is only a warning.
        database.execute("UPDATE audit.entry SET actor = 1")
    kept.refresh_from_db()
    assert (kept.event, kept.actor) == ("Kept", None)


def test_what_protects_is_checked_in_one_line(application, settings):
    def told(change: str) -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
            line = protection.describe_faults()
            transaction.set_rollback(True)
        return line

    settings.HAS_OWNER = True
    assert told("SELECT") == ""
    assert "it may DELETE in audit.entry" in told(f"GRANT DELETE ON audit.entry TO {ROLE}")
    assert "audit.link belongs to it" in told(f"ALTER TABLE audit.link OWNER TO {ROLE}")
    assert "the schema audit belongs to it" in told(f"ALTER SCHEMA audit OWNER TO {ROLE}")
    assert "it may not read and add" in told(f"REVOKE INSERT ON audit.entry FROM {ROLE}")
    assert "superuser" in told(f"ALTER ROLE {ROLE} SUPERUSER")
    settings.HAS_OWNER = False
    assert told(f"GRANT DELETE ON audit.entry TO {ROLE}") == protection.ONE_ADDRESS


def test_one_address_is_a_warning_two_that_do_not_protect_an_error(settings):
    settings.HAS_OWNER = False
    (warning,) = protection.check_audit(databases=["default"])
    assert (warning.id, warning.is_serious()) == ("core.W001", False)
    settings.HAS_OWNER = True
    (error,) = protection.check_audit(databases=["default"])
    assert (error.id, error.is_serious()) == ("core.E001", True)
    assert protection.check_audit() == []


def test_securing_with_one_address_says_what_is_missing():
    with pytest.raises(CommandError, match="OWNER_DATABASE_URL"):
        call_command("secure_audit")
