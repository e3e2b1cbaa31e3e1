"""Say of what was approved before since when readers are told of it, and give every numbered statement its identifier."""

from typing import Any

from django.conf import settings
from django.db import migrations

BATCH = 1000


def tell(apps: Any, schema_editor: Any) -> None:
    """Readers are told of an edition from its beginning; of a minor one nobody is told."""
    Edition = apps.get_model("news", "Edition")
    approved = Edition.objects.filter(state="approved").order_by("statement_id", "sequence")
    told: dict[int, Any] = {}
    changed = []
    for edition in approved.only("statement_id", "public_from", "minor").iterator():
        before = told.get(edition.statement_id)
        edition.announced_at = before if edition.minor and before else edition.public_from
        told = {edition.statement_id: edition.announced_at}
        changed.append(edition)
        if len(changed) == BATCH:
            Edition.objects.bulk_update(changed, ["announced_at"])
            changed = []
    Edition.objects.bulk_update(changed, ["announced_at"])


def give_tags(apps: Any, schema_editor: Any) -> None:
    """Name the site's first host, as `news.addresses.tag` does, and the day on which the statement was approved."""
    Statement = apps.get_model("news", "Statement")
    Edition = apps.get_model("news", "Edition")
    host = settings.ALLOWED_HOSTS[0].lstrip(".").lower()
    authority = "localhost" if host in {"*", ""} or host.startswith("[") else host
    first = Edition.objects.filter(state="approved").order_by("-sequence").values_list("statement_id", "approved_at")
    days = dict(first.iterator())  # the lowest sequence comes last
    changed = []
    for statement in Statement.objects.filter(number__isnull=False).only("number").iterator():
        # One that was scheduled and taken back has a number and nothing approved.
        day = days.get(statement.pk)
        date = f"{day:%Y-%m-%d}" if day else "2026-11-24"
        statement.tag = f"tag:{authority},{date}:{statement.number}"
        changed.append(statement)
        if len(changed) == BATCH:
            Statement.objects.bulk_update(changed, ["tag"])
            changed = []
    Statement.objects.bulk_update(changed, ["tag"])


class Migration(migrations.Migration):
    dependencies = [("news", "0009_found_followed_cited")]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.RunPython(give_tags, migrations.RunPython.noop),
    ]
