from django.db import migrations, models

_group = models.CharField(blank=True, db_default="", max_length=80)


class Migration(migrations.Migration):
    dependencies = [("insights", "0003_indicators")]

    operations = [
        migrations.RemoveConstraint("paneltally", "panel_tally_once"),
        migrations.AddField("panelstratum", "group", _group),
        migrations.AddField("paneltally", "group", _group.clone()),
        migrations.AddConstraint(
            "paneltally",
            models.UniqueConstraint(fields=["panel", "group", "value"], name="panel_tally_once"),
        ),
    ]
