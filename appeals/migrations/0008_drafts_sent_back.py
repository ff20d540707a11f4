from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("appeals", "0007_half_drafts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="appeal_note_says_something",
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(choices=[("petition", "As a petition"), ("filed", "Registered"), ("accepted", "Accepted for consideration"), ("corrected", "What it was registered as was corrected"), ("assigned", "Given to its executors"), ("forwarded", "Forwarded to the competent body"), ("returned", "Returned"), ("refused", "Left without consideration"), ("moved", "Goes on as an administrative case"), ("extended", "The term was extended"), ("head_asked", "The head of the body was asked to decide"), ("postponed", "The request was postponed"), ("fee_asked", "Payment for copying was asked for"), ("fee_paid", "Copying was paid for"), ("shortened", "The term was shortened"), ("recounted", "The term was recalculated"), ("note", "Note"), ("drafted", "An answer was drafted"), ("asked", "Approval was asked for"), ("sent_back", "The draft was sent back for rework"), ("approved", "The answer was approved"), ("answered", "The answer was sent"), ("rated", "The applicant rated the answer"), ("reopened", "Reopened by the applicant"), ("withdrawn", "Withdrawn by the applicant"), ("secret", "A new code of access was given"), ("given_back", "Considered as a petition again"), ("taken_again", "Considered as an appeal again")], max_length=15),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ["note", "sent_back"]), _negated=True), models.Q(("words", ""), _negated=True), _connector="OR"), name="appeal_note_says_something"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "sent_back"), _negated=True), ("internal", True), _connector="OR"), name="appeal_rework_is_internal"),
        ),
    ]
