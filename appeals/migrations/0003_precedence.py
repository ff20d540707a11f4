"""Requests to be answered within 48 hours stand first at the desk, before privileged applicants.

A generated column is made anew with its index: PostgreSQL rewrites the table once.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0002_from_petition")]

    operations = [
        migrations.RemoveIndex(model_name="appeal", name="appeal_desk"),
        migrations.RemoveField(model_name="appeal", name="precedence"),
        migrations.AddField(
            model_name="appeal",
            name="precedence",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(term="urgent", then=0),
                    models.When(privileged="", then=2),
                    default=1,
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["precedence", "due_at", "id"],
                name="appeal_desk",
            ),
        ),
    ]
