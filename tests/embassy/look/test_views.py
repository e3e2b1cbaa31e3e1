"""The addresses of a look: what they answer is a pure function of them, for ever, and asks the database nothing."""

import pytest
from django.core.management import call_command
from django.test import Client

from embassy import storing
from embassy.look import emblem
from embassy.look.house import STACKS, Face
from embassy.models import Mission
from tests import uploads
from tests.factories import overwrite
from tests.newsroom import signed_in
from tests.reading import content, tags

pytestmark = pytest.mark.django_db

FOR_EVER = "public, max-age=31536000, immutable"


def stylesheets(page):
    sheets = (link["href"] for link in tags(page, "link") if link["rel"] == "stylesheet")
    return [sheet for sheet in sheets if not sheet.startswith("/static/")]


@pytest.fixture
def shown(now):
    """A mission with an emblem; what a page prints of it."""
    mission = Mission(name="The Mission")
    with storing.all_or_nothing():
        emblem.keep(mission, emblem.draw(uploads.upload("e.png", uploads.picture("PNG", (200, 150), color="navy"))))
    mission.save()
    return emblem.shown(mission)


def preloads(page):
    return [
        (link["href"], link["type"], link["crossorigin"]) for link in tags(page, "link") if link["rel"] == "preload"
    ]


def test_the_standard_look_asks_for_nothing_more_than_its_faces(visitor, now):
    page = visitor.get("/")
    assert stylesheets(page) == []
    assert preloads(page) == [(f"/static/fonts/serif-{weight}.woff2", "font/woff2", "") for weight in (400, 600)]


def test_a_page_names_the_stylesheet_of_its_mission_as_soon_as_it_is_saved(visitor, now):
    mission = Mission.objects.create(name="The Mission", colour="#8c1c13", face="sans")
    page = visitor.get("/ru/")
    assert stylesheets(page) == ["/look/8c1c13-ff8f7e-sans.css"]
    assert [href for href, *_ in preloads(page)] == [f"/static/fonts/sans-{weight}.woff2" for weight in (400, 600)]
    mission.face = "system"
    mission.save()
    page = visitor.get("/ru/")
    assert stylesheets(page) == ["/look/8c1c13-ff8f7e-system.css"]
    assert preloads(page) == []


@pytest.mark.parametrize("value", ["navy", "#FFF", "#1F3A50", "#+f+f+f", "1f3a5f", "#ffffff", "x" * 7])
def test_what_came_into_the_table_by_another_way_breaks_no_page(visitor, administrator, now, value):
    Mission.objects.create(name="The Mission")
    overwrite(Mission.objects.all(), colour=value, colour_dark=value, emblem=value, emblem_width=9, emblem_height=9)
    assert visitor.get("/").status_code == 200
    assert signed_in(administrator).get("/admin/embassy/mission/1/change/").status_code == 200
    for sheet in stylesheets(visitor.get("/")):
        assert visitor.get(sheet).status_code == 200


def test_the_stylesheet_sets_the_tokens(client, django_assert_num_queries):
    client.cookies["sessionid"] = "x"
    with django_assert_num_queries(0):
        answer = client.get("/look/8c1c13-ffb4a9-serif.css")
    assert answer.content.decode().splitlines() == [
        "@layer tokens {",
        f"  :root {{ --link: #8c1c13; --serif: {STACKS[Face.SERIF]}; }}",
        "  @media (prefers-color-scheme: dark) { :root { --link: #ffb4a9; } }",
        '  :root:root[data-theme="light"] { --link: #8c1c13; }',
        '  :root:root[data-theme="dark"] { --link: #ffb4a9; }',
        "}",
    ]
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert not answer.cookies
    assert "Vary" not in answer.headers
    head = client.head("/look/8c1c13-ffb4a9-serif.css")
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(answer.content)))


@pytest.mark.parametrize(
    "name",
    [
        "ff0000-ffb4a9-serif",  # too pale
        "8c1c13-1f3a5f-serif",  # too dark
        "8C1C13-ffb4a9-serif",
        "8c1-ffb4a9-serif",
        "8c1c13-ffb4a9-comic",
        "8c1c13-ffb4a9-serif;}",
        "8c1c13-ffb4a9",
    ],
)
def test_what_nobody_could_have_chosen_is_not_there(visitor, now, name):
    assert visitor.get(f"/look/{name}.css").status_code == 404


def test_a_page_rendered_at_an_instant_finds_its_stylesheet(capsys):
    call_command("render", "/look/8c1c13-ffb4a9-serif.css", at="2021-10-25T21:41Z")
    assert capsys.readouterr().out.startswith("@layer tokens {")


def test_the_site_as_at_an_instant_is_in_its_look(writer):
    walked = signed_in(writer).get("/admin/as-at/2021-10-25T21:41Z/look/8c1c13-ffb4a9-serif.css")
    assert (walked.status_code, walked.content) == (200, Client().get("/look/8c1c13-ffb4a9-serif.css").content)


def test_the_emblem_is_answered_for_ever_and_can_do_nothing(visitor, shown, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = visitor.get(shown.url)
    headers = {
        "Content-Type": "image/png",
        "Cache-Control": FOR_EVER,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    assert {name: answer.headers[name] for name in headers} == headers
    sent = content(answer)
    assert (sent[:8], str(len(sent))) == (b"\x89PNG\r\n\x1a\n", answer.headers["Content-Length"])
    head = visitor.head(shown.url)
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(sent)))
    assert visitor.get(f"/emblem/{'0' * 64}.png").status_code == 404


def test_the_header_prints_the_emblem_until_it_is_removed(visitor, shown):
    (image,) = [one for one in tags(visitor.get("/"), "img") if one["src"].startswith("/emblem/")]
    assert (image["src"], image["width"], image["height"], image["alt"]) == (shown.url, "200", "150", "")
    mission = Mission.objects.get()
    emblem.remove(mission)
    mission.save()
    assert [one for one in tags(visitor.get("/"), "img") if one["src"].startswith("/emblem/")] == []
    # What was printed, kept or sent on still finds it.
    answer = visitor.get(shown.url)
    assert (answer.status_code, content(answer)[1:4]) == (200, b"PNG")
