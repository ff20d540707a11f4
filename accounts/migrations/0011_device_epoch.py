from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0010_person_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="device_epoch",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
