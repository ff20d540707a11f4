from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
            ],
            options={"db_table": "core_topic"},
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=Now(), editable=False)),
                ("event", models.CharField(max_length=80)),
                ("actor", models.BigIntegerField(null=True)),
                ("ids", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["event", "-id"], name="core_audit_event"),
                    models.Index(fields=["actor", "-id"], name="core_audit_actor"),
                ]
            },
        ),
        # Django's DatabaseCache, without the write-ahead log: limits may be lost with a crash.
        migrations.RunSQL(
            """CREATE UNLOGGED TABLE core_cache (
                   cache_key varchar(255) PRIMARY KEY, value text NOT NULL,
                   expires timestamptz NOT NULL);
               CREATE INDEX core_cache_expires ON core_cache (expires);""",
            "DROP TABLE core_cache",
        ),
    ]
