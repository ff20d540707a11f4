from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("votes", "0002_life")]

    operations = [
        migrations.AddField("poll", "sealed", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddField("mark", "on_paper", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "mark",
            models.CheckConstraint(
                name="mark_on_paper_is_used",
                condition=Q(("on_paper", False), ("used", True), _connector="OR"),
            ),
        ),
    ]
