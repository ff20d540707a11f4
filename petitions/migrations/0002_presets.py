from django.db import migrations

from petitions.rulebook import presets


def install(apps, schema_editor):
    presets.install(
        apps.get_model("petitions", "Procedure").objects,
        apps.get_model("petitions", "Ground").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
