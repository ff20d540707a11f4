"""English names of grounds; the presets get theirs where their own name was not changed."""

from django.db import migrations, models

from petitions.rulebook.presets import GROUNDS


def name(apps, schema_editor):
    grounds = apps.get_model("petitions", "Ground").objects
    for preset in GROUNDS:
        unnamed = grounds.filter(code=preset["code"], name=preset["name"], name_en="")
        unnamed.update(name_en=preset["name_en"])


class Migration(migrations.Migration):
    dependencies = [("petitions", "0016_photos")]

    operations = [
        migrations.AddField(
            model_name="ground",
            name="name_en",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="name in English",
            ),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
