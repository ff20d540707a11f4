import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What has closed without an appeal gets one from the job (petitions.jobs.tell_what_passed)."""

    dependencies = [("petitions", "0013_news_by_consent"), ("appeals", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="procedure", name="appeal_unit"),
        migrations.RemoveField(model_name="procedure", name="appeal_within"),
        migrations.AddField(
            model_name="petition",
            name="appeal",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="appeals.appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appeal", None), ("handed_over_at__isnull", False), _connector="OR"
                ),
                name="petition_appeal_when_handed_over",
            ),
        ),
    ]
