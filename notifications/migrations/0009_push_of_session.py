from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0008_press")]

    operations = [
        migrations.AddField(
            "pushsubscription",
            "session_hash",
            models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
    ]
