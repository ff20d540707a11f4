from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        # Counts of core/web/limits.py. UNLOGGED: a crash may forget them, and nothing is written twice.
        migrations.RunSQL(
            """CREATE UNLOGGED TABLE core_limit (
                   key text PRIMARY KEY,
                   used integer NOT NULL,
                   ends_at timestamptz NOT NULL);
               CREATE INDEX core_limit_ends_at ON core_limit (ends_at);""",
            "DROP TABLE core_limit",
        ),
    ]
