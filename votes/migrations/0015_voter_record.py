import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Mark is called VoterRecord; its table keeps its name."""

    dependencies = [
        ("votes", "0014_vacuum_voter_records"),
    ]

    operations = [
        migrations.AlterModelTable(name="mark", table="votes_mark"),
        migrations.RenameModel(old_name="Mark", new_name="VoterRecord"),
        migrations.AlterField(
            model_name="voterrecord",
            name="poll",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voter_records",
                to="votes.poll",
            ),
        ),
        migrations.AlterField(
            model_name="voterrecord",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voter_records",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
