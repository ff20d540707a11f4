"""English names of bodies and factions."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0010_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='body',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
        migrations.AddField(
            model_name='faction',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
    ]
