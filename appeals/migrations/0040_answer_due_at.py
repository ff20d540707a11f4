from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, _schema_editor):
    """Answers that were sent before have the term that their appeal has."""
    appeals = apps.get_model("appeals", "Appeal").objects.filter(pk=OuterRef("appeal"))
    sent = apps.get_model("appeals", "Answer").objects.filter(sent_at__isnull=False)
    sent.update(due_at=Subquery(appeals.values("due_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("appeals", "0030_published")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                name="appeal_answer_sent_in_a_term",
                condition=Q(sent_at=None, due_at=None)
                | Q(sent_at__isnull=False, due_at__isnull=False),
            ),
        ),
    ]
