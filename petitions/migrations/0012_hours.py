from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("petitions", "0011_keys_of_delivered_emails")]

    operations = [
        migrations.CreateModel(
            name="Hour",
            fields=[
                ("hour", models.DateTimeField(primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_default=Now())),
            ],
        ),
        migrations.RunSQL(
            """CREATE TRIGGER petitions_hour_is_kept BEFORE UPDATE OR DELETE ON petitions_hour
                   FOR EACH ROW EXECUTE FUNCTION petitions_ledger_is_kept();""",
            "DROP TRIGGER petitions_hour_is_kept ON petitions_hour;",
        ),
    ]
