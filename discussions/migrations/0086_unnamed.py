from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discussions", "0008_desk_counts"),
    ]

    operations = [
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
