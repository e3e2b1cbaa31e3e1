"""The log now tells of sign-ins too, so it moves to the mission's app: the same table under another name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("news", "0002_no_overlap")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("LogRow", "embassy_logrow")],
            state_operations=[migrations.DeleteModel("LogRow")],
        )
    ]
