from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discussions", "0009_hiding_with_facts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="hidden_reason",
            field=models.CharField(
                blank=True,
                choices=[('unlawful', 'calls for unlawful acts, war, violence or hatred'), ('profanity', 'profanity'), ('insult', 'insults'), ('personal', 'somebody’s personal data'), ('off_topic', 'not about the subject'), ('spam', 'advertising or repetition'), ('unnamed', 'without the data that the law asks of its author'), ('held', 'a moderator reads it before it is shown'), ('undeclared', 'it came without a name or a contact (law 3841-IX art. 15(3)2)')],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.RemoveConstraint(model_name="comment", name="comment_hidden_with_facts"),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden_at", None),
                    ("hidden_reason__in", ["held", "undeclared"]),
                    ("is_hiding_explained", False),
                    models.Q(("hidden_note", ""), _negated=True),
                    models.Q(("hidden_quote", ""), _negated=True),
                    _connector="OR",
                ),
                name="comment_hidden_with_facts",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="unnamed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(condition=models.Q(("unnamed_at", None), models.Q(("author__isnull", False), ("is_official", False)), _connector="OR"), name="comment_unnamed_by_its_author"),
        ),
    ]
