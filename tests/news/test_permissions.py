"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from news import permissions

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


def test_the_cast_of_the_tests_is_what_its_names_say(writer, publisher):
    rights = [(permissions.may_write(who), permissions.may_release(who)) for who in (writer, publisher)]
    assert rights == [(True, False), (True, True)]
