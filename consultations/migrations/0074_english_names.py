"""English names of procedures; those of law have theirs (consultations/presets.py)."""

from django.db import migrations, models

from consultations import presets


def name(apps, schema_editor):
    procedures = apps.get_model("consultations", "Procedure").objects
    for preset in presets.PROCEDURES:
        same = procedures.filter(code=preset["code"], name=preset["name"], name_en="")
        same.update(name_en=preset["name_en"])


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0073_brief'),
    ]

    operations = [
        migrations.AddField(
            model_name='procedure',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
