import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A ballot's field mark is called voter_record; its column keeps its name."""

    dependencies = [
        ("votes", "0015_voter_record"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(
                    model_name="openballot", old_name="mark", new_name="voter_record"
                ),
                migrations.AlterField(
                    model_name="openballot",
                    name="voter_record",
                    field=models.OneToOneField(
                        db_column="mark_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ballot",
                        serialize=False,
                        to="votes.voterrecord",
                    ),
                ),
            ],
        ),
    ]
