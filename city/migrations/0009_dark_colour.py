"""The colour of dark pages that a council enters by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0008_map'),
    ]

    operations = [
        migrations.AddField(
            model_name='council',
            name='brand_dark',
            field=models.CharField(blank=True, db_default='', default='', max_length=7, verbose_name='colour of dark pages'),
        ),
        migrations.AddConstraint(
            model_name='council',
            constraint=models.CheckConstraint(condition=models.Q(('brand_dark__regex', '^(#[0-9a-f]{6})?$')), name='council_dark_colour'),
        ),
    ]
