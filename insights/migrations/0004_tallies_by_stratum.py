from django.db import migrations, models
from django.db.models import Count, Min, Sum

_group = models.CharField(blank=True, db_default="", max_length=80)


def sum_groups(apps, _schema_editor):
    """The way back: one tally of a panel's answer, whose number is that of all its groups."""
    tallies = apps.get_model("insights", "PanelTally").objects.order_by()
    several = tallies.values("panel", "value").annotate(
        kept=Min("pk"), rows=Count("pk"), total=Sum("number")
    )
    for row in several.filter(rows__gt=1):
        of_answer = tallies.filter(panel=row["panel"], value=row["value"])
        of_answer.exclude(pk=row["kept"]).delete()
        of_answer.update(number=row["total"])


class Migration(migrations.Migration):
    dependencies = [("insights", "0003_indicators")]

    operations = [
        migrations.RemoveConstraint("paneltally", "panel_tally_once"),
        migrations.AddField("panelstratum", "group", _group),
        migrations.AddField("paneltally", "group", _group.clone()),
        migrations.RunPython(migrations.RunPython.noop, sum_groups),
        migrations.AddConstraint(
            "paneltally",
            models.UniqueConstraint(fields=["panel", "group", "value"], name="panel_tally_once"),
        ),
    ]
