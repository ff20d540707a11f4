"""English names of categories, imported with the classifier."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0003_index_what_an_appeal_has")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="name_en",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="name in English",
            ),
        ),
    ]
