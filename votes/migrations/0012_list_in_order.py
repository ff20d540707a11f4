from django.db import migrations, models

from core.db.collation import key


def fill(apps, schema_editor):
    """Lists that were written before are read in Ukrainian order too."""
    lines = apps.get_model("votes", "Invitation").objects.exclude(name="").only("name")
    written = []
    for line in lines.iterator(2000):
        line.name_key = key(line.name)
        written.append(line)
    lines.model.objects.bulk_update(written, ["name_key"], batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("votes", "0011_search_of_announced")]

    operations = [
        migrations.AddField(
            "invitation",
            "name_key",
            models.CharField(db_collation="C", default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "invitation",
            models.Index(fields=["poll", "name_key", "id"], name="invitations_by_name"),
        ),
    ]
