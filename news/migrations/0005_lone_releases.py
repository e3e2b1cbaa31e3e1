"""Before two people were asked for, one could release their own words: those are marked, and somebody looks at them."""

from typing import Any

from django.db import migrations
from django.db.models import F

REASON = "Released before a second person was asked for."


def mark(apps: Any, schema_editor: Any) -> None:
    lone = apps.get_model("news", "Edition").objects.filter(approved_by=F("author"), withdrawal_notice="")
    lone.update(forced_reason=REASON)


class Migration(migrations.Migration):
    dependencies = [("news", "0004_four_eyes")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
