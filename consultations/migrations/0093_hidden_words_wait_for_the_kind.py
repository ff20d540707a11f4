from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0092_decided_before_the_report")]

    operations = [
        migrations.RemoveConstraint(
            model_name="disposition", name="disposition_approved_when_whole"
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True),
                    models.Q(("kind", ""), _negated=True),
                    _connector="OR",
                ),
                name="disposition_approved_when_decided",
            ),
        ),
    ]
