"""Who may do what."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from news import migrations, permissions
from news.permissions import ADDRESSES, DOOR, HALF_IN, NEVER, ROLES, STAFF

pytestmark = pytest.mark.django_db


def user(*codenames, **fields):
    made = User.objects.create_user("someone", is_staff=True, **fields)
    made.user_permissions.set(Permission.objects.filter(codename__in=codenames, content_type__app_label="news"))
    return made


@pytest.mark.parametrize(
    ("codenames", "writes", "releases"),
    [
        ([], False, False),
        (["view_statement", "delete_statement", "change_category"], False, False),
        (["change_statement"], True, False),
        (["release_statement"], False, True),
        (["change_statement", "release_statement"], True, True),
    ],
)
def test_rights_are_what_an_administrator_gave(codenames, writes, releases):
    someone = user(*codenames)
    assert (permissions.may_write(someone), permissions.may_release(someone)) == (writes, releases)


def test_an_account_that_is_switched_off_may_nothing():
    someone = user("change_statement", "release_statement", is_active=False)
    root = User.objects.create_superuser("root", is_active=False)
    rights = [may(who) for may in (permissions.may_write, permissions.may_release) for who in (someone, root)]
    assert rights == [False] * 4


def test_an_administrator_may_all_and_a_visitor_nothing(administrator):
    assert [permissions.may_write(administrator), permissions.may_release(administrator)] == [True, True]
    assert [permissions.may_write(AnonymousUser()), permissions.may_release(AnonymousUser())] == [False, False]


MAY = (
    permissions.may_read,
    permissions.may_write,
    permissions.may_edit,
    permissions.may_release,
    permissions.may_share,
)


def test_the_cast_of_the_tests_is_what_its_names_say(writer, editor, publisher):
    rights = [[may(who) for may in MAY] for who in (writer, editor, publisher)]
    assert rights == [[True, True, False, False, False], [True, True, True, False, False], [True] * 5]


def test_a_role_may_all_that_the_one_before_it_may():
    rights = [set(role) for role in ROLES.values()]
    assert list(ROLES) == ["writer", "editor", "publisher"]
    assert rights[0] < rights[1] < rights[2]


def named(group):
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in pairs}


def make_groups():
    name = next(path.stem for path in Path(migrations.__path__[0]).glob("*_roles.py"))
    importlib.import_module(f"news.migrations.{name}").make_groups(apps, None)


def test_the_groups_that_every_site_has_are_the_roles():
    Group.objects.all().delete()
    make_groups()
    assert {group.name: named(group) for group in Group.objects.all()} == {
        role: set(rights) for role, rights in ROLES.items()
    }


def test_a_group_that_a_site_had_before_keeps_what_it_had():
    Group.objects.all().delete()
    own = Group.objects.create(name="editor")
    own.permissions.set(Permission.objects.filter(codename="change_mission"))
    make_groups()
    assert named(own) == {"embassy.change_mission", *ROLES["editor"]}
    assert Group.objects.count() == 3


def test_every_right_that_is_named_is_one_that_the_site_knows():
    pairs = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{app}.{codename}" for app, codename in pairs}
    given = {right for rights in ROLES.values() for right in rights}
    assert (given | set(ADDRESSES.values())) - {DOOR, HALF_IN, STAFF} - known == set()
    assert given & NEVER == set()
