from django.db import migrations, models


class Migration(migrations.Migration):
    """Mails about a petition come to whoever asked for them: only the default is another one."""

    dependencies = [("petitions", "0012_hours")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="wants_news",
            field=models.BooleanField(default=False, verbose_name="tell me what becomes of it"),
        )
        for model in ("pending", "signature")
    ]
