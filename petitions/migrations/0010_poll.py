import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0009_mail"), ("votes", "0008_search")]

    operations = [
        migrations.AddField(
            model_name="answer",
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
