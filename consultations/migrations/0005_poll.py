import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_costs"), ("votes", "0008_search")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="poll",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="votes.poll",
            ),
        ),
    ]
