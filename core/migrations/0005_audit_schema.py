from django.db import migrations

from core.db.roles import as_owner, current_roles, secure


def move(apps, schema_editor):
    """To the schema of its own, which belongs to the owner where there are two roles (ADR 57)."""
    with schema_editor.connection.cursor() as cursor:
        _owner, application = current_roles(cursor)
        with as_owner(cursor):
            cursor.execute("CREATE SCHEMA audit")
            cursor.execute("ALTER TABLE public.core_auditentry SET SCHEMA audit")
            cursor.execute("ALTER TABLE audit.core_auditentry RENAME TO entry")
            # By object (ids @> '{"poll_id": 5}') and by time.
            cursor.execute("CREATE INDEX audit_entry_ids ON audit.entry USING gin (ids jsonb_path_ops)")
            cursor.execute("CREATE INDEX audit_entry_at ON audit.entry (at, id)")
            secure(cursor, application)


def move_back(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor, as_owner(cursor):
        cursor.execute("DROP INDEX audit.audit_entry_ids, audit.audit_entry_at")
        cursor.execute("ALTER TABLE audit.entry RENAME TO core_auditentry")
        cursor.execute("ALTER TABLE audit.core_auditentry SET SCHEMA public")
        cursor.execute("DROP SCHEMA audit")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_heartbeat")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(move, move_back)],
            state_operations=[migrations.AlterModelTable("auditentry", '"audit"."entry"')],
        ),
    ]
