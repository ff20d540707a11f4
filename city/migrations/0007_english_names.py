"""English names of the city, the council, its departments, themes, districts and streets."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0006_streets'),
    ]

    operations = [
        migrations.AddField(
            model_name='council',
            name='council_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='council, in English'),
        ),
        migrations.AddField(
            model_name='council',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='city, in English'),
        ),
        migrations.AddField(
            model_name='department',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
        migrations.AddField(
            model_name='district',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
        migrations.AddField(
            model_name='street',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
        migrations.AddField(
            model_name='theme',
            name='name_en',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='name in English'),
        ),
    ]
