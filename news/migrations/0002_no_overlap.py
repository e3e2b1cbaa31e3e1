"""Where the database can: no two approved editions of a statement are valid at one instant.

SQLite has no exclusion constraints; there `news.actions` holds the same rule, in a transaction that runs alone.
"""

from typing import Any

from django.db import migrations

# A range of one number stands for equality: it needs no extension, as a plain integer would in a GiST index.
FORBID = """
ALTER TABLE news_edition ADD CONSTRAINT no_overlap EXCLUDE USING gist (
    int8range(statement_id, statement_id, '[]') WITH &&,
    tstzrange(public_from, public_until, '[)') WITH &&
) WHERE (state = 'approved') DEFERRABLE INITIALLY IMMEDIATE
"""
ALLOW = "ALTER TABLE news_edition DROP CONSTRAINT no_overlap"


def forbid(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORBID)


def allow(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
