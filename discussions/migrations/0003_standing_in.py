import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def tell_from_the_trace(apps, schema_editor):
    """Of replies that are there already, the trace knows who stood in for whom."""
    comments = apps.get_model("discussions", "Comment").objects.filter(is_official=True)
    people = apps.get_model("accounts", "User").objects
    entries = apps.get_model("core", "AuditEntry").objects.filter(event="RemarkAnswered")
    for ids in entries.values_list("ids", flat=True).iterator():
        absent_id = ids.get("standing_in_for_id")
        if absent_id and people.filter(pk=absent_id).exists():
            comments.filter(pk=ids["answer_id"]).update(standing_in_for=absent_id)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_staff"),
        ("core", "0001_initial"),
        ("discussions", "0002_organisation"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="standing_in_for",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=Q(is_official=True) | Q(standing_in_for=None),
                name="only_the_council_stands_in",
            ),
        ),
        migrations.RunPython(tell_from_the_trace, migrations.RunPython.noop),
    ]
