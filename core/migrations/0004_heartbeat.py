from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0003_idempotency_key")]

    operations = [
        # At most one row, written by raw SQL only: core/domain/heartbeat.py.
        migrations.RunSQL(
            """CREATE TABLE core_heartbeat (
                   single boolean PRIMARY KEY DEFAULT true CHECK (single),
                   at timestamptz NOT NULL);""",
            "DROP TABLE core_heartbeat",
        ),
    ]
