"""The three roles of the newsroom, as groups. A site that had a group of that name keeps its own rights beside these."""

from typing import Any

from django.apps import apps as real_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

# As `news.permissions.ROLES` says; a test holds the two equal.
WRITER = (
    "counters.view_counter",
    "news.add_document",
    "news.add_picture",
    "news.add_statement",
    "news.change_document",
    "news.change_picture",
    "news.change_statement",
    "news.view_category",
    "news.view_document",
    "news.view_picture",
    "news.view_statement",
)
EDITOR = (*WRITER, "news.return_statement")
PUBLISHER = (
    *EDITOR,
    "counters.add_counter",
    "counters.change_counter",
    "embassy.view_logrow",
    "news.add_category",
    "news.change_category",
    "news.delete_document",
    "news.delete_picture",
    "news.release_statement",
    "news.share_statement",
)
ROLES = {"writer": WRITER, "editor": EDITOR, "publisher": PUBLISHER}


def make_groups(apps: Any, schema_editor: Any) -> None:
    # Django makes permissions only after the last migration; the groups need them now.
    for name in ("counters", "embassy", "news"):
        config = real_apps.get_app_config(name)
        create_permissions(config, apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects
    for role, rights in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for right in rights:
            app, codename = right.split(".")
            group.permissions.add(permissions.get(content_type__app_label=app, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0007_library_and_previews"),
        ("counters", "0001_initial"),
        ("embassy", "0003_log_from_where"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
