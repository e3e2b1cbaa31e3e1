from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0005_lone_releases")]

    operations = [
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", models.F("author")), _negated=True),
                    models.Q(("forced_reason", ""), _negated=True),
                    models.Q(("withdrawal_notice", ""), _negated=True),
                    _connector="OR",
                ),
                name="four_eyes",
            ),
        ),
    ]
