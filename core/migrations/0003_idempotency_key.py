from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("core", "0002_limit")]

    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("user_id", models.BigIntegerField(null=True)),
                ("body", models.BinaryField()),
                ("kind", models.CharField(max_length=80)),
                ("object_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["created_at"], name="core_idempotency_created"),
                    models.Index(fields=["user_id"], name="core_idempotency_user"),
                ]
            },
        ),
        # Waits for the key's lock and reads its row in one round trip: each statement of a volatile
        # function sees what was committed before it, so the row is read after the lock is granted.
        migrations.RunSQL(
            """CREATE FUNCTION core_claim_idempotency_key(asked_lock bigint, asked bytea)
               RETURNS TABLE (body bytea, kind varchar, object_id bigint)
               LANGUAGE plpgsql VOLATILE SET lock_timeout = '10s' AS $$
               BEGIN
                   PERFORM pg_advisory_lock(asked_lock);
                   RETURN QUERY SELECT k.body, k.kind, k.object_id
                       FROM core_idempotencykey k WHERE k.key = asked;
               END $$;""",
            "DROP FUNCTION core_claim_idempotency_key(bigint, bytea)",
        ),
    ]
