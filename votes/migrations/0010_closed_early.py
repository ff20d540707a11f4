from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("votes", "0009_runoff_rule")]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="was_to_close_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                name="only_a_quick_poll_closed_early",
                condition=Q(was_to_close_at=None)
                | Q(is_quick=True, was_to_close_at__gt=F("closes_at")),
            ),
        ),
    ]
