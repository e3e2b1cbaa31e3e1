"""What machines ask of the site as a whole: icons, the web manifest, security.txt."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from embassy import machines, moment
from embassy.environment import Environment
from embassy.models import Mission
from tests.generated import examples
from tests.reading import tags

pytestmark = pytest.mark.django_db

STATIC = Path(site.BASE_DIR) / "static"


def fields(answer):
    """Return the fields of a security.txt: each name with its values."""
    found = {}
    for line in answer.content.decode().splitlines():
        name, value = re.fullmatch(r"([A-Za-z-]+): (.+)", line).groups()
        found.setdefault(name, []).append(value)
    return found


# ---- icons ----------------------------------------------------------------------------------------------------------


def test_the_icon_is_at_the_root_in_three_sizes(visitor, now):
    answer = visitor.get("/favicon.ico")
    assert answer.headers["Content-Type"] == "image/x-icon"
    assert Image.open(BytesIO(answer.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_every_icon_that_a_page_or_the_manifest_names_is_there_in_its_size(visitor, now):
    named = {link["href"]: link.get("sizes", "") for link in tags(visitor.get("/"), "link") if "icon" in link["rel"]}
    named |= {one["src"]: one["sizes"] for one in json.loads(visitor.get("/site.webmanifest").content)["icons"]}
    assert len(named) == 6
    for address, sizes in named.items():
        file = STATIC / address.removeprefix("/static/")
        if file.suffix == ".png":
            expected = sizes or "180x180"
            with Image.open(file) as image:
                assert "{}x{}".format(*image.size) == expected
        assert 0 < file.stat().st_size < 10_000


def test_what_phones_cut_has_ground_to_the_edge_and_the_emblem_in_the_middle():
    """Of a maskable icon the circle of four fifths of its width is sure to be seen (https://www.w3.org/TR/appmanifest)."""
    with Image.open(STATIC / "icons" / "maskable-512.png") as opened:
        image = opened.convert("RGB")
    ground = image.getpixel((0, 0))
    drawn = [
        (x - 256) ** 2 + (y - 256) ** 2
        for x in range(0, 512, 2)
        for y in range(0, 512, 2)
        if image.getpixel((x, y)) != ground
    ]
    assert 0 < max(drawn) < (0.4 * 512) ** 2


# ---- the manifest ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "name"), [("", "The Mission"), ("/ru", "Миссия")])
def test_the_manifest_speaks_the_language_of_the_page_that_names_it(visitor, now, prefix, name):
    Mission.objects.create(name={"en": "The Mission", "ru": "Миссия"})
    (link,) = [link for link in tags(visitor.get(f"{prefix}/"), "link") if link["rel"] == "manifest"]
    answer = visitor.get(link["href"])
    manifest = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == (
        name,
        prefix.strip("/") or "en",
        f"{prefix}/",
    )


def test_the_manifest_knows_the_mission_s_colour(visitor, now):
    colours = ("background_color", "theme_color")
    manifest = json.loads(visitor.get("/site.webmanifest").content)
    assert [manifest[name] for name in colours] == ["#fdfcfa", "#1f3a5f"]
    Mission.objects.create(name="The Mission", colour="#8c1c13")
    assert json.loads(visitor.get("/site.webmanifest").content)["theme_color"] == "#8c1c13"


# ---- security.txt (RFC 9116) ----------------------------------------------------------------------------------------


def test_without_a_contact_there_is_no_security_txt(visitor, now):
    assert visitor.get("/.well-known/security.txt").status_code == 404


def test_it_says_whom_to_tell_until_when_and_in_which_languages(visitor, now, settings):
    settings.SECURITY_CONTACTS = ["mailto:safe@mission.example", "https://mission.example/safe"]
    answer = visitor.get("/.well-known/security.txt", secure=True)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(answer) == {
        "Contact": settings.SECURITY_CONTACTS,
        "Expires": ["2022-08-01T00:00:00Z"],
        "Preferred-Languages": ["en, ru"],
        "Canonical": ["https://testserver/.well-known/security.txt"],
    }
    assert "Canonical" not in fields(visitor.get("/.well-known/security.txt"))


@examples(200)
@given(st.datetimes(datetime(1, 1, 2), datetime(9998, 12, 29), timezones=st.just(UTC)))  # noqa: DTZ001
@example(moment.EARLIEST)
@example(datetime(2021, 2, 28, 23, 59, 59, tzinfo=UTC))
@example(datetime(2024, 12, 31, tzinfo=UTC))
def test_it_expires_within_a_year_and_says_the_same_for_a_month(at):
    ends = machines.expires(at)
    assert timedelta(days=270) < ends - at < timedelta(days=310)
    assert machines.expires(at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)) == ends


def test_it_can_be_asked_for_at_the_end_of_time(visitor, settings):
    settings.SECURITY_CONTACTS = ["mailto:safe@mission.example"]
    with moment.at(moment.LATEST):
        assert fields(visitor.get("/.well-known/security.txt"))["Expires"] == ["9999-12-30T00:00:00Z"]


@pytest.mark.parametrize(
    ("value", "contacts"),
    [
        ("", []),
        ("safe@mission.example", ["mailto:safe@mission.example"]),
        (
            "mailto:safe@mission.example, https://mission.example/safe?x=1",
            ["mailto:safe@mission.example", "https://mission.example/safe?x=1"],
        ),
    ],
)
def test_contacts_are_addresses_of_mail_or_pages(value, contacts):
    assert Environment({"SECURITY_CONTACT": value}).contacts("SECURITY_CONTACT") == contacts


@pytest.mark.parametrize(
    "value", ["http://mission.example/", "safe", "a@b c@d", "https://a\nExpires: never", "x@y\n z"]
)
def test_anything_else_stops_the_start(value):
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT holds"):
        Environment({"SECURITY_CONTACT": value}).contacts("SECURITY_CONTACT")
