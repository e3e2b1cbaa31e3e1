import pytest
from django.contrib.auth.models import Group, Permission, User

from embassy.accounts import factor
from embassy.log import LogRow
from tests.door import is_in, phone, verbs
from tests.newsroom import verified
from tests.reading import lines

pytestmark = pytest.mark.django_db

PASSWORD = "a longer horse battery staple"


@pytest.fixture
def client(administrator):
    return verified(administrator)


def details() -> list[tuple[str, str, str]]:
    return [(row.verb, row.title, row.detail) for row in LogRow.objects.order_by("pk")]


def fields(user: User, **chosen):
    form = {"username": user.username, "date_joined_0": "2021-01-01", "date_joined_1": "00:00:00", "is_active": "on"}
    return form | chosen


def test_a_new_account_is_in_the_log_without_its_password(client):
    form = {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/admin/auth/user/add/", form)
    assert details() == [("added", "User: new", "+ is_active")]
    assert User.objects.get(username="new").check_password(PASSWORD)


def test_the_log_says_who_got_and_lost_which_right(client, administrator, editor):
    group = Group.objects.create(name="desk")
    right = Permission.objects.get(codename="view_logrow")
    address = f"/admin/auth/user/{editor.pk}/change/"
    client.post(address, fields(editor, groups=[group.pk], user_permissions=[right.pk], is_staff="on"))
    client.post(address, fields(editor, is_superuser="on", is_staff="on"))
    found = LogRow.objects.order_by("pk")
    assert [row.detail.splitlines()[1:] for row in found] == [
        ["+ embassy.view_logrow", "+ group desk"],
        ["+ is_superuser", "- embassy.view_logrow", "- group desk"],
    ]
    assert {(row.by, row.verb, row.title, row.address) for row in found} == {
        (administrator, "changed", "User: editor", "127.0.0.1")
    }


def test_a_password_that_was_set_is_in_the_log_without_it(client, editor):
    client.post(f"/admin/auth/user/{editor.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD})
    assert details() == [("changed", "User: editor", "Changed password.")]


def test_what_a_group_may_is_in_the_log(client):
    right = Permission.objects.get(codename="view_logrow")
    client.post("/admin/auth/group/add/", {"name": "desk", "permissions": [right.pk]})
    group = Group.objects.get(name="desk")
    client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "desk"})
    client.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})
    assert details() == [
        ("added", "Group: desk", "+ embassy.view_logrow"),
        ("changed", "Group: desk", "Changed Permissions.\n- embassy.view_logrow"),
        ("deleted", "Group: desk", ""),
    ]


def test_the_list_shows_groups_and_the_second_factor(client, editor):
    editor.groups.add(Group.objects.create(name="desk"))
    shown = lines(client.get("/admin/auth/user/").content.decode())
    assert shown[shown.index("editor") + 3] == "desk"
    page = client.get("/admin/auth/user/")
    assert {user.username: user.has_phone for user in page.context["cl"].result_list} == {
        "administrator": True,
        "editor": False,
    }


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_for_one_account_and_for_many(client, more, django_assert_num_queries):
    for number in range(more):
        User.objects.create_user(f"user{number}").groups.add(Group.objects.get_or_create(name="desk")[0])
    client.get("/admin/auth/user/")  # content types are asked for once
    with django_assert_num_queries(11):
        client.get("/admin/auth/user/")


def test_an_administrator_resets_a_second_factor(client, administrator, editor):
    phone(editor)
    factor.make_codes(editor)
    theirs = verified(editor)
    chosen = {"action": "reset_second_factor", "_selected_action": [editor.pk]}
    page = client.post("/admin/auth/user/", chosen, follow=True)
    assert "1 second factor was reset." in page.content.decode()
    assert not is_in(theirs)
    assert (factor.phone_of(editor), editor.recovery_codes.count()) == (None, 0)
    row = LogRow.objects.get(verb="factor_reset")
    assert (row.by, row.title) == (administrator, "editor")


def test_nobody_else_resets_a_second_factor(administrator, editor):
    editor.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    phone(administrator)
    chosen = {"action": "reset_second_factor", "_selected_action": [administrator.pk]}
    verified(editor).post("/admin/auth/user/", chosen)
    assert factor.phone_of(administrator) is not None
    assert "factor_reset" not in verbs()


def test_many_accounts_are_not_deleted_at_once(client, editor):
    client.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"})
    assert User.objects.filter(pk=editor.pk).exists()


def test_the_screens_that_change_what_every_page_shows_leave_rows(client, administrator):
    client.post("/admin/embassy/clock/add/", {"label_0": "London", "zone": "Europe/London", "position": "1"})
    client.post("/admin/embassy/contactline/add/", {"value": "press@example.org", "kind": "email", "position": "0"})
    client.post("/admin/embassy/mission/add/", {"name_0": "The mission"})
    client.post("/admin/embassy/mission/1/change/", {"name_0": "The embassy"})
    client.post("/admin/news/category/add/", {"name_0": "News", "slug": "news", "position": "0"})
    form = {"name_0": "the fire", "slug": "fire", "date": "2018-03-04", "remark_0": "no answer", "position": "0"}
    client.post("/admin/counters/counter/add/", form)
    assert [(verb, title) for verb, title, _detail in details()] == [
        ("added", "Clock: London"),
        ("added", "Contact line: press@example.org"),
        ("added", "Mission: The mission"),
        ("changed", "Mission: The embassy"),
        ("added", "Category: News"),
        ("added", "Counter: the fire"),
    ]
    assert LogRow.objects.filter(by=administrator, address="127.0.0.1").count() == 6


def test_deleted_rows_are_named_one_by_one(client):
    from embassy.models import ContactLine

    rows = [ContactLine.objects.create(value=value) for value in ("one", "two")]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    client.post("/admin/embassy/contactline/", chosen)
    assert sorted(details()) == [("deleted", "Contact line: one", ""), ("deleted", "Contact line: two", "")]
