from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0006_files_left_out")]

    operations = [
        migrations.RemoveConstraint(model_name="answer", name="appeal_answer_says_something"),
        migrations.AlterField(
            model_name="answer",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("satisfied", "satisfied"),
                    ("partly", "satisfied in part"),
                    ("denied", "denied"),
                    ("explained", "explained"),
                ],
                max_length=10,
                verbose_name="result",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="text",
            field=models.TextField(blank=True, max_length=20000, verbose_name="answer"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("asked_at", None), ("sent_at", None)),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="appeal_answer_says_something",
            ),
        ),
    ]
