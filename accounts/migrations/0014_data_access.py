from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Look is called DataAccess; its table keeps its name."""

    dependencies = [
        ("accounts", "0013_device_epoch"),
    ]

    operations = [
        migrations.AlterModelTable(name="look", table="accounts_look"),
        migrations.RenameModel(old_name="Look", new_name="DataAccess"),
        migrations.AlterField(
            model_name="dataaccess",
            name="user",
            field=models.ForeignKey(
                on_delete=models.CASCADE,
                related_name="data_accesses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
