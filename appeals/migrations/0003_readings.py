import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('appeals', '0002_street'),
        ('city', '0006_streets'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='reading', name='appeal_reading_of'),
        migrations.AddField(
            model_name='reading',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.department'),
        ),
        migrations.AddField(
            model_name='reading',
            name='role',
            field=models.CharField(default='', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reading',
            name='slot',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('appeal', 'user', 'slot'), name='appeal_reading_of_ten_minutes'),
        ),
    ]
