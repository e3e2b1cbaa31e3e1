"""What was approved says since when readers are told of it; what has a number has an identifier for feeds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0010_tell_and_tag")]

    operations = [
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("announced_at__isnull", False),
                        ("approved_at__isnull", False),
                        ("public_from__isnull", False),
                        ("sequence__isnull", False),
                        ("state", "approved"),
                    ),
                    models.Q(
                        ("announced_at__isnull", True),
                        ("approved_at__isnull", True),
                        ("approved_by__isnull", True),
                        ("forced_reason", ""),
                        ("public_until__isnull", True),
                        ("sequence__isnull", True),
                        ("state__in", ("draft", "submitted", "returned")),
                        ("withdrawal_notice", ""),
                    ),
                    _connector="OR",
                ),
                name="approval_says_when_and_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("tag__isnull", True)),
                    models.Q(("number__isnull", False), ("tag__isnull", False)),
                    _connector="OR",
                ),
                name="tag_comes_with_number",
            ),
        ),
    ]
