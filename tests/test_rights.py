"""Every address under /admin/, as every role, by GET and by POST: exactly what news/permissions.py says.

A new address is found by itself; the sweep fails for one of which nobody said whose it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from embassy.log import LogRow
from embassy.models import Mission
from news import actions
from news.admin.offers import VERBS
from news.models import Edition
from news.permissions import ADDRESSES, DOOR, HALF_IN, NEVER, STAFF
from tests.factories import (
    DAY,
    NOW,
    make_behind,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_picture,
    make_press_contact,
    make_press_hours,
    make_scheduled,
    make_submitted,
)
from tests.newsroom import minute, signed_in, verified

pytestmark = pytest.mark.django_db

PEOPLE = ["visitor", "half signed in", "outsider", "writer", "editor", "publisher", "administrator"]
VERB_RIGHTS = {f"admin:news_statement_{verb.name}": verb.right for verb in VERBS}
# Django's own addresses of a model: the right that shows each, and the right that changes something by it.
STOCK = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "history": ("view", "view"),
    "delete": ("delete", "delete"),
}
# There is one mission, and there can be no second.
NEVER_NOW = NEVER | {"embassy.add_mission"}


@dataclass(frozen=True)
class Address:
    """One pattern under /admin/: its name, how it is written, and the model whose stock screen it is, if any."""

    name: str
    route: str
    model: Any

    def right(self, method: str) -> str:
        """Return whose it is, or "" where nobody said so."""
        if self.model is not None:
            action = self.name.rpartition("_")[2]
            if action not in STOCK:
                return STAFF  # the short address, which leads to the screen that asks
            return f"{self.model.app_label}.{STOCK[action][method == 'POST']}_{self.model.model_name}"
        if self.route == "admin/(?P<url>.*)$":
            return STAFF  # whatever does not exist
        if self.route == "admin/as-at/<str:instant>/<path:rest>":
            return ADDRESSES["as_at_page"]
        return VERB_RIGHTS.get(self.name) or ADDRESSES.get(self.name, "")


def walk(patterns: Any, route: str = "", space: str = "") -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern).removeprefix("^" if route else "")
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and here.startswith("admin/"):
            model_admin = getattr(pattern.callback, "model_admin", None)
            yield Address(f"{space}{pattern.name or ''}", here, model_admin and model_admin.opts)


FOUND = list(dict.fromkeys(walk(get_resolver().url_patterns)))


class World:
    """An object for each address, in the state in which the verb behind it would do something."""

    def __init__(self, deputy: User) -> None:
        draft, submitted, scheduled, live = make_draft(), make_submitted(), make_scheduled(), make_live()
        forced = actions.force(make_draft(), reason="Urgent.", by=deputy, at=NOW)
        link, _token = actions.share(
            submitted.statement, outlet="The Paper", expires_at=NOW + DAY, is_fixed=False, by=None, at=NOW
        )
        self.picture, document = make_picture(), make_document()
        rows: list[Any] = [Mission.objects.create(name="Embassy"), make_clock(), make_contact_line(), make_counter()]
        rows += [make_press_contact(), make_press_hours()]
        rows += [make_category(), document, deputy, Group.objects.create(name="cooks"), LogRow.objects.first()]
        self.objects = {row._meta.label_lower: row.pk for row in rows} | {"news.statement": draft.statement_id}
        self.objects |= {"news.picture": self.picture.pk, "news.document": document.pk}
        self.draft = draft
        self.by_name = {
            **dict.fromkeys(["approve", "return", "recall", "previews", "preview_renew", "preview_revoke"], submitted),
            **dict.fromkeys(["take_back", "release_now", "reschedule"], scheduled),
            **dict.fromkeys(["force", "discard", "comment"], draft),
            **dict.fromkeys(
                ["new_edition", "feature", "withdraw", "remove", "editions", "edition", "compare", "restore"], live
            ),
            "review": forced,
            "follow": make_behind(),
        }
        self.values = {
            "pk": {"admin:news_picture_thumbnail": self.picture.pk},
            "token": self.picture.token,
            "name": self.picture.renditions.first().name,
            "instant": "2021-10-25T09:00Z",
            "rest": "messages/",
            "content_type_id": ContentType.objects.get_for_model(Edition).pk,
            "app_label": "news",
            "url": "nothing-here/",
            "id": deputy.pk,
            "edition_pk": live.pk,
        }
        self.link, self.live = link, live

    def edition(self, address: Address) -> Edition:
        """Return the edition that the address of a statement is tried on."""
        return self.by_name.get(address.name.removeprefix("admin:news_statement_"), self.draft)

    def value(self, address: Address, parameter: str) -> Any:
        if parameter == "object_id" and address.model is not None:
            return self.objects[address.model.label_lower]
        if parameter == "object_id" and address.name == "admin:view_on_site":
            return self.live.pk
        if parameter == "object_id":
            return self.edition(address).statement_id
        if parameter == "pk":
            return self.link.pk if "preview" in address.name else self.picture.pk
        return self.values[parameter]

    def path(self, address: Address) -> str:
        parameter = re.compile(r"\^?\(\?P<(\w+)>.*?\)\$?|<(?:\w+:)?(\w+)>")
        path = parameter.sub(lambda found: str(self.value(address, found[1] or found[2])), address.route)
        return "/" + path.removesuffix("$")

    def sent(self, address: Address) -> dict[str, Any]:
        """Return what the forms behind all the addresses ask for: a right that is missing must be the only obstacle."""
        edition = self.edition(address)
        words = {"words": "Because.", "when": "now", "seen": edition.changed_at.isoformat(), "outlet": "The Post"}
        text = {"title": "Changed", "body": "<p>Changed</p>", "date": "2021-10-25", "language": "en", "_save": "1"}
        times = minute("public_from", "2021-12-24", "09:00", "Europe/Moscow")
        times |= minute("until", "2021-12-24", "09:00", "Europe/Moscow")
        times |= minute("expires", "2021-10-27", "09:00", "Europe/Moscow") | {"shows": "newest"}
        picked = {"action": "delete_selected", "post": "yes"}
        if address.model is not None:
            picked["_selected_action"] = self.objects[address.model.label_lower]
        labels = {"name_0": "Changed", "label_0": "Changed", "alt_0": "Changed", "name": "Changed", "slug": "changed"}
        return words | text | times | picked | labels


def everything() -> dict[str, list[Any]]:
    """Return every row of every table, except when somebody was last seen."""
    models = [model for model in apps.get_models() if not model._meta.proxy and model is not Session]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def is_allowed(person: str, user: User | None, right: str) -> bool:
    if right in {DOOR, HALF_IN} or user is None:
        return right == DOOR or (right == HALF_IN and person != "visitor")
    app, _, name = right.partition(".")
    change = f"{app}.change_{name.removeprefix('view_')}"
    has_it = user.has_perm(right) or (name.startswith("view_") and user.has_perm(change))
    return right == STAFF or (right not in NEVER_NOW and has_it)


def came_in(answer: Any, address: Address) -> bool:
    """Tell whether the answer is that of the page, whatever it says: not of the door, nor a refusal."""
    if answer.status_code in {403, 404}:
        return answer.status_code == 404 and address.right("GET") == STAFF
    return not (answer.status_code == 302 and answer["Location"].startswith(reverse("admin:login")))


@pytest.fixture
def deputy() -> User:
    return User.objects.create_superuser("deputy")


@pytest.fixture
def client_of(settings: Any, request: pytest.FixtureRequest) -> Any:
    """Sign in with a code, as this site asks; "half signed in" gave the password only."""
    settings.SECOND_FACTOR = "required"

    def sign_in(person: str) -> tuple[Client, User | None]:
        if person == "visitor":
            return Client(), None
        if person == "half signed in":
            return signed_in(request.getfixturevalue("publisher")), None
        if person == "outsider":
            user = User.objects.create_user("outsider", is_staff=True)
            return verified(user), user
        user = request.getfixturevalue(person)
        return verified(user), user

    return sign_in


def test_of_every_address_somebody_said_whose_it_is() -> None:
    assert [address for address in FOUND if not (address.right("GET") and address.right("POST"))] == []
    assert set(ADDRESSES) - {address.name for address in FOUND} == set()
    assert len(FOUND) > 100


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_is_for_whom_the_table_says(now: Any, deputy: User, client_of: Any, person: str) -> None:
    world = World(deputy)
    client, user = client_of(person)
    client.raise_request_exception = False  # a page that fails is one of the wrong ones
    cookies, before, wrong = client.cookies.copy(), everything(), []
    query = {"app_label": "news", "model_name": "statement", "field_name": "translation_of"}
    for address in FOUND:
        for method in ("GET", "POST"):
            client.cookies = cookies.copy()
            is_for_them = is_allowed(person, user, address.right(method))
            with transaction.atomic():
                data = world.sent(address) if method == "POST" else query if "autocomplete" in address.name else {}
                answer = getattr(client, method.lower())(world.path(address), data)
                if answer.streaming:
                    b"".join(answer)  # to the end: then the file is closed
                # What is allowed may do what it does; what is refused may do nothing: that is looked at in the end.
                transaction.set_rollback(is_for_them)
            is_wrong = answer.status_code != 405 and came_in(answer, address) != is_for_them
            if is_wrong or answer.status_code >= 500:
                wrong.append((method, world.path(address), answer.status_code, answer.headers.get("Location")))
    assert wrong == []
    assert everything() == before


def test_the_short_way_to_a_public_page_tells_nothing_of_what_is_not_public(now: Any, publisher: User) -> None:
    category = make_category("News")
    found = {}
    for row in (make_draft(), make_scheduled(), category, make_live().statement):
        path = reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(row).pk, row.pk])
        answers = [
            signed_in(user).get(path) for user in (User.objects.create_user(f"cook {row}", is_staff=True), publisher)
        ]
        found[type(row).__name__, row.pk] = [answer.headers.get("Location", answer.status_code) for answer in answers]
    home = f"http://testserver{category.get_absolute_url()}"
    assert list(found.values()) == [[404, 404], [404, 404], [404, home], [404, 404]]
