from django.db import migrations, models


class Migration(migrations.Migration):
    """Texts that were imported from a .doc or an .odt. Nothing in the database changes."""

    dependencies = [("drafts", "0004_revisions")]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="source_format",
            field=models.CharField(
                choices=[
                    ("docx", "Word document"),
                    ("doc", "document of an old Word (.doc)"),
                    ("odt", "OpenDocument text (.odt)"),
                    ("html", "HTML page"),
                    ("markdown", "Markdown"),
                    ("text", "plain text"),
                ],
                default="text",
                max_length=10,
                verbose_name="format",
            ),
        ),
    ]
