"""The log: the rows that the newsroom wrote so far, and room for who signed in and from where."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def take_rights_over(apps: Any, schema_editor: Any) -> None:
    # Whoever could read the log under its old name still can.
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="news", model="logrow").update(
        app_label="embassy"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("embassy", "0001_initial"),
        ("news", "0003_log_to_embassy"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LogRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("verb", models.CharField(max_length=32, verbose_name="what")),
                        ("statement_pk", models.PositiveBigIntegerField(db_index=True, verbose_name="statement")),
                        ("edition_pk", models.PositiveBigIntegerField(null=True, verbose_name="edition")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("detail", models.TextField(blank=True, default="", verbose_name="detail")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "log row",
                        "verbose_name_plural": "log",
                        "ordering": ("-pk",),
                        "default_permissions": ("view",),
                    },
                )
            ]
        ),
        migrations.RunPython(take_rights_over, migrations.RunPython.noop),
    ]
