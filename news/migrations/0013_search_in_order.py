"""The search index in the order of lists, on PostgreSQL: a row's place is kept where modelsearch keeps a title's weight.

SQLite needs nothing: there the place is the row's own number.
"""

from typing import Any

from django.db import migrations


def put_in_order(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE INDEX news_search_in_order ON modelsearch_indexentry (title_norm)")
    # New texts wait in a list that every search reads from end to end: a short one, so that none is slow.
    for column in ("title", "body", "autocomplete"):
        schema_editor.execute(_each_index(column), params=None)


def undo(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS news_search_in_order")


def _each_index(column: str) -> str:
    return f"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT indexname FROM pg_indexes WHERE tablename = 'modelsearch_indexentry'
                AND schemaname = current_schema() AND indexdef LIKE '%USING gin ({column})%' LOOP
                EXECUTE format('ALTER INDEX %I SET (gin_pending_list_limit = 256)', name);
            END LOOP;
        END $$"""  # noqa: S608  a column of ours


class Migration(migrations.Migration):
    dependencies = [
        ("modelsearch", "0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more"),
        ("news", "0012_first_lines"),
    ]

    operations = [migrations.RunPython(put_in_order, undo)]
