"""Put in the procedures of Ukrainian law (consultations/procedures/presets.py)."""

from django.db import migrations

from consultations.procedures import presets


def install(apps, schema_editor):
    presets.install(apps.get_model("consultations", "Procedure").objects)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
