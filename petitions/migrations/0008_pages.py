from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0007_ledger")]

    operations = [
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                fields=[
                    "published_at",
                    "closes_at",
                    "review_at",
                    "reached_at",
                    "answered_at",
                    "withdrawn_at",
                ],
                name="petition_lists",
            ),
        ),
    ]
