from django.contrib.postgres.search import SearchVectorField
from django.db import migrations

from newsroom.council_pages.markup import words_of


def find(apps, _schema_editor):
    """Pages written before are found by their words too."""
    for page in apps.get_model("newsroom", "Page").objects.select_related("current"):
        if page.current is not None:
            said = page.current
            page.search = words_of(said.title, said.text, said.title_en, said.text_en)
            page.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_glossary")]

    operations = [
        migrations.AddField("page", "search", SearchVectorField(editable=False, null=True)),
        migrations.RunPython(find, migrations.RunPython.noop, elidable=False),
    ]
