"""Streets of the community, and which department registers appeals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0005_periods_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='department',
            name='registers_appeals',
            field=models.BooleanField(default=False, help_text='Its officers and secretaries register what people write to the council.', verbose_name='registers appeals'),
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_key', models.CharField(default='', editable=False, max_length=400)),
                ('slug', models.SlugField(error_messages={'unique': 'Another one has this slug already.'}, unique=True)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('former_names', models.JSONField(blank=True, default=list, verbose_name='former names')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('lookup', models.TextField(default='', editable=False)),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='city.district', verbose_name='district')),
            ],
            options={
                'ordering': ['name_key', 'pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['name_key', 'id'], name='city_street_in_order')],
                'constraints': [models.UniqueConstraint(fields=('name', 'district'), name='street_name_in_district', nulls_distinct=False, violation_error_message='The district has a street of this name already.'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='street_both_coordinates', violation_error_message='Give both coordinates or none.'), models.CheckConstraint(condition=models.Q(('latitude', None), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='street_on_earth', violation_error_message='A latitude is between −90 and 90, a longitude between −180 and 180.')],
            },
        ),
    ]
