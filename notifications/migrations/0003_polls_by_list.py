import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_petition_signers"),
        ("votes", "0006_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="sent",
            name="invitation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="votes.invitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="sent",
            constraint=models.UniqueConstraint(
                fields=("invitation", "event"), name="invited_told_once"
            ),
        ),
        migrations.RemoveConstraint(model_name="sent", name="told_to_somebody"),
        migrations.AddConstraint(
            model_name="sent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("invitation", None), ("signature", None), ("user__isnull", False)),
                    models.Q(("invitation", None), ("signature__isnull", False), ("user", None)),
                    models.Q(("invitation__isnull", False), ("signature", None), ("user", None)),
                    _connector="OR",
                ),
                name="told_to_somebody",
            ),
        ),
    ]
