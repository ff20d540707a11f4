"""English names of procedures; those of the law get theirs where their own name was not changed."""

from django.db import migrations, models

OF_THE_LAW = (
    ('draft-decision', 'Обговорення проєкту рішення', 'Discussion of a draft decision'),
    (
        'privileges',
        'Проєкт про пільги чи переваги окремим підприємствам або делегування повноважень',
        'Draft on privileges for single companies or on delegated powers',
    ),
    ('regulatory-act', 'Проєкт регуляторного акта', 'Draft regulatory act'),
    ('public-consultation', 'Публічна консультація', 'Public consultation'),
)


def name(apps, schema_editor):
    procedures = apps.get_model("consultations", "Procedure").objects
    for code, ukrainian, english in OF_THE_LAW:
        procedures.filter(code=code, name=ukrainian, name_en="").update(name_en=english)


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
