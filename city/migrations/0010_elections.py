"""Periods of local elections, in which no public consultations are held."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0009_dark_colour'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalElection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='which election')),
                ('starts_on', models.DateField(verbose_name='first day of the electoral process')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day of the electoral process')),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='election_in_order'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange'), '&&')], name='elections_apart', violation_error_message='Another election has some of these days already.')],
            },
        ),
    ]
