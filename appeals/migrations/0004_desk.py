from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0003_precedence")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("filed", "Registered"),
                    ("accepted", "Accepted for consideration"),
                    ("corrected", "What it was registered as was corrected"),
                    ("assigned", "Given to its executors"),
                    ("forwarded", "Forwarded to the competent body"),
                    ("returned", "Returned"),
                    ("refused", "Left without consideration"),
                    ("moved", "Goes on as an administrative case"),
                    ("extended", "The term was extended"),
                    ("recounted", "The term was counted anew"),
                    ("note", "Note"),
                    ("drafted", "An answer was drafted"),
                    ("approved", "The answer was approved"),
                    ("answered", "The answer was sent"),
                    ("rated", "The applicant rated the answer"),
                    ("reopened", "Reopened by the applicant"),
                    ("withdrawn", "Withdrawn by the applicant"),
                    ("secret", "A new code of access was given"),
                ],
                max_length=15,
            ),
        ),
    ]
