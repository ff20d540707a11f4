from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0012_spell_emails_as_delivered"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="device_epoch",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
