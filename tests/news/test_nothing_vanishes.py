"""Nothing that was public can vanish, and nothing that was approved can change: every way to try it is tried.

Out of reach are commands on the database itself (`TRUNCATE`, `flush`) and Django's private `_raw_delete`.
"""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import PROTECT, ForeignKey, ProtectedError
from django.test import RequestFactory
from django.urls import reverse

from news import actions
from news.models import Category, Edition, LibraryFile, Rendition, Statement, Use
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_scheduled,
    make_withdrawn,
)
from tests.newsroom import signed_in
from tests.reading import lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def live(writer: User) -> Edition:
    """A public text in a category, with a picture, a document and an edition before it; others in every state."""
    make_clock()
    files = {"picture": make_picture(), "attachments": (make_document(),)}
    first = make_live(category=make_category(), by=writer, **files)
    for make in (make_scheduled, make_withdrawn, make_removed, make_draft):
        make(by=writer)
    return actions.release(make_next(first, at=NOW - MINUTE, **files), by=None, at=NOW - MINUTE)


def record() -> Any:
    """Return all that was approved: statements, words, intervals, and the files that belong to them."""
    uses = Use.objects.filter(edition__state="approved").order_by("pk")
    return (
        list(Statement.objects.filter(number__isnull=False).order_by("pk").values()),
        list(Edition.objects.filter(state="approved").order_by("pk").values()),
        list(uses.values()),
        list(Rendition.objects.filter(file__in=uses.values("file")).order_by("pk").values()),
    )


def screens() -> dict[str, Any]:
    return {model._meta.label: screen for model, screen in admin.site._registry.items()}


def test_no_screen_of_the_admin_deletes_what_was_public(live, administrator):
    assert set(screens()) >= {"news.Statement", "news.Category", "news.Picture", "news.Document", "auth.User"}
    Group.objects.create(name="Everybody").user_set.add(live.author or administrator)
    client, before = signed_in(administrator), record()
    tried = 0
    for screen in screens().values():
        name = f"admin:{screen.opts.app_label}_{screen.opts.model_name}_delete"
        for row in screen.model._default_manager.exclude(pk=administrator.pk if screen.model is User else None):
            client.post(reverse(name, args=[row.pk]), {"post": "yes"})
            tried += 1
    assert tried > 10
    assert record() == before


def test_no_bulk_action_of_the_admin_deletes_what_was_public(live, administrator):
    client, before = signed_in(administrator), record()
    request = RequestFactory().get("/")
    request.user = administrator
    tried = set()
    for label, screen in screens().items():
        rows = screen.model._default_manager.exclude(pk=administrator.pk if screen.model is User else None)
        for action in screen.get_actions(request):
            chosen = {"action": action, "_selected_action": [row.pk for row in rows], "post": "yes"}
            client.post(reverse(f"admin:{screen.opts.app_label}_{screen.opts.model_name}_changelist"), chosen)
            tried.add((label, action))
    assert ("news.Category", "delete_selected") in tried
    assert record() == before


WAYS_TO_DELETE = {
    "the edition": lambda edition: edition.delete(),
    "the edition, called a draft": lambda edition: Edition(pk=edition.pk, statement=edition.statement).delete(),
    "all editions": lambda _: Edition.objects.all().delete(),
    "its edition among the statement's": lambda edition: edition.statement.editions.all().delete(),
    "the statement": lambda edition: edition.statement.delete(),
    "all statements": lambda _: Statement.objects.all().delete(),
    "the category": lambda edition: edition.category.delete(),
    "all categories": lambda _: Category.objects.all().delete(),
    "the author": lambda _: User.objects.get(username="writer").delete(),
    "all accounts": lambda _: User.objects.all().delete(),
    "the picture": lambda edition: edition.picture.delete(),
    "all files": lambda _: LibraryFile.objects.all().delete(),
    "what it shows": lambda edition: edition.uses.all().delete(),
    "one thing that it shows": lambda edition: edition.uses.first().delete(),
}


def test_no_code_deletes_what_was_public(live):
    before = record()
    for way, delete in WAYS_TO_DELETE.items():
        edition = Edition.objects.filter(statement=live.statement).exclude(category=None).get()
        with pytest.raises((TypeError, ProtectedError)), transaction.atomic():
            delete(edition)
        assert (way, record()) == (way, before)


WORDS = {
    "title": "Another",
    "summary": "Another",
    "body": "<p>Another</p>",
    "date": date(1999, 1, 1),
    "category": None,
    "picture": None,
    "change_note": "Another.",
    "withdrawal_notice": "It was wrong.",
    "author": None,
    "sequence": 9,
    "public_from": NOW - 3 * DAY,
}


def test_what_was_approved_keeps_its_words(live):
    first = Edition.objects.get(statement=live.statement, sequence=1)
    before = record()
    for name, value in WORDS.items():
        changed = Edition.objects.get(pk=first.pk)
        setattr(changed, name, value)
        with pytest.raises(TypeError, match="never changed"):
            changed.save()
        with pytest.raises(TypeError, match="never changed"):
            Edition.objects.filter(pk=first.pk).update(**{name: value})
        with pytest.raises(TypeError, match="never changed"), transaction.atomic():
            Edition.objects.bulk_update([changed], [name])
    assert record() == before


@pytest.mark.parametrize(
    "changes", [{"state": "draft"}, {"public_until": NOW}, {"removal_reason": "No"}, {"approved_by": None}]
)
def test_no_update_of_many_ends_what_is_public(live, changes):
    before = record()
    with pytest.raises(TypeError, match="never changed"):
        Edition.objects.update(**changes)
    with pytest.raises(TypeError, match="never changed"):
        Edition.objects.bulk_create([live], update_conflicts=True, update_fields=[*changes], unique_fields=["id"])
    assert record() == before


def test_what_was_removed_stays_removed_with_its_reason():
    removed = make_removed()
    for name, value in (("removal_reason", "Another."), ("public_until", NOW), ("state", "draft")):
        fresh = Edition.objects.get(pk=removed.pk)
        setattr(fresh, name, value)
        with pytest.raises(TypeError, match="never changed"):
            fresh.save()


def test_a_register_number_stays_with_its_statement(live):
    statement, before = live.statement, record()
    for changes in ({"number": None}, {"number": 77}, {"language": "ru"}):
        with pytest.raises(TypeError, match="number stays"):
            Statement.objects.filter(pk=statement.pk).update(**changes)
        fresh = Statement.objects.get(pk=statement.pk)
        for name, value in changes.items():
            setattr(fresh, name, value)
        with pytest.raises(TypeError, match="number stays"):
            fresh.save()
    assert record() == before


def test_what_is_no_part_of_the_text_can_change_and_drafts_can_be_anything(live):
    Edition.objects.filter(pk=live.pk).update(featured_until=NOW + DAY)
    Edition.objects.drafts().update(title="Another")
    assert Edition.objects.featured(NOW).get() == live
    assert set(Edition.objects.drafts().values_list("title", flat=True)) == {"Another"}
    deleted, _by_model = Edition.objects.drafts().delete()
    assert deleted == 1


def test_nothing_that_a_text_points_to_takes_it_along():
    pointing = [
        field
        for model in (Edition, Statement)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]
    assert pointing == []
    taken_along = {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.remote_field.model in {Edition, Statement, LibraryFile}
        and field.remote_field.on_delete is not PROTECT
    }
    # Comments, links and uses go with a draft that is discarded; stored sizes with a file that nothing shows.
    assert taken_along - {"news.PreviewLink.edition", "news.PreviewLink.statement"} == {
        "news.Comment.edition",
        "news.Use.edition",
        "news.Rendition.file",
    }


def test_an_account_that_wrote_is_made_inactive_not_deleted(live, writer, administrator):
    client = signed_in(administrator)
    page = lines(client.get(reverse("admin:auth_user_delete", args=[writer.pk])))
    assert "writer wrote, approved or did something that the newsroom keeps under this name: the account stays." in page
    assert not any(line.startswith("Edition:") for line in page)
    category = Category.objects.get()
    page = lines(client.get(reverse("admin:news_category_delete", args=[category.pk])))
    assert "Rename it, or leave it for older texts and choose another one for the next." in page
