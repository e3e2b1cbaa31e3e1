from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment
from tests.factories import DAY, MINUTE, NOW, make_clock, make_counter, make_live, make_removed, make_scheduled
from tests.generated import examples
from tests.reading import lines, rows, tags

pytestmark = pytest.mark.django_db


def render(path, **options):
    """Return what the command prints, and what it complains of."""
    out, err = StringIO(), StringIO()
    call_command("render", path, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def page(path, at=NOW, **options):
    out, err = render(path, at=at.isoformat(), **options)
    assert err == ""
    return out


def dump():
    """Return every row of every table."""
    from django.apps import apps

    return [serializers.serialize("json", model._default_manager.order_by("pk")) for model in apps.get_models()]


def test_it_prints_what_a_visitor_gets(visitor, now):
    make_clock()
    make_counter()
    make_live()
    assert page("/") == visitor.get("/").content.decode().replace("http://testserver/", "http://localhost/")


@pytest.mark.parametrize("at", ["2021-10-25T21:41Z", "2021-10-26T00:41+03:00", "2021-10-25T21:41:59Z"])
def test_it_shows_the_instant(at):
    make_clock()
    out, _err = render("/", at=at)
    assert {"26 October 2021", "Moscow: 00:41"} <= set(lines(out))


def test_without_an_instant_it_shows_the_machines_clock():
    make_clock("UTC", "UTC")
    before = datetime.now(UTC)
    out, _err = render("/")
    assert {f"UTC: {instant:%H:%M}" for instant in (before, datetime.now(UTC))} & set(lines(out))


def test_it_shows_what_was_and_what_will_be():
    make_live(title="Now", at=NOW - DAY)
    make_scheduled(NOW + DAY, title="Later")
    seen = [rows(page("/", NOW + step)) for step in (-2 * DAY, timedelta(0), DAY - MINUTE, DAY)]
    now, later = "25.10.2021 - Now", "25.10.2021 - Later"
    assert seen == [[], [now], [now], [later, now]]


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/", None, "en"),
        ("/", "en", "en"),
        ("/", "ru", "ru"),
        ("/ru/", None, "ru"),
        ("/ru/", "ru", "ru"),
        ("/messages/?before=x", "ru", "ru"),
    ],
)
def test_the_language_is_that_of_the_option_or_of_the_path(path, language, expected):
    (html,) = tags(page(path, language=language), "html")
    assert html["lang"] == expected


def test_a_path_of_another_language_is_refused():
    with pytest.raises(CommandError) as caught:
        render("/ru/messages/", language="en")
    assert str(caught.value) == "“/ru/messages/” is a page in another language than --language en."


def test_redirects_are_followed():
    statement = make_live(title="Led here", language="ru").statement
    for path in (
        f"/messages/{statement.number}/",
        f"/messages/{statement.number}/wrong/",
        f"/messages/{statement.number}",
    ):
        assert "Led here" in lines(page(path))


@pytest.mark.parametrize(("path", "status"), [("/nothing-here/", "404 Not Found\n"), ("/messages/1/", "410 Gone\n")])
def test_an_error_page_is_printed_and_its_status_goes_to_standard_error(path, status):
    make_removed()
    out, err = render(path, at=NOW.isoformat())
    assert err == status
    assert "all messages" in lines(out)


def test_many_pages_in_one_process_do_not_touch_each_other():
    make_clock()
    make_live(title="English", language="en")
    make_live(title="Русский", language="ru")
    kinds = [(NOW + n * MINUTE, language) for n in (0, 90, 1440) for language in ("en", "ru", "en")]
    alone = {}
    for at, language in kinds:
        alone[at, language] = page("/", at, language=language)
    for at, language in reversed(kinds * 3):
        assert page("/", at, language=language) == alone[at, language]
    assert len(set(alone.values())) == 6


def test_language_zone_and_instant_are_as_before():
    with translation.override("ru"), timezone.override("Asia/Tokyo"):
        page("/", language="en")
        assert (translation.get_language(), timezone.get_current_timezone_name()) == ("ru", "Asia/Tokyo")
        assert not moment.is_fixed()


@pytest.mark.parametrize(
    "path", ["/", "/messages/", "/messages/2021/10/", "/messages/1/", "/nothing/", "/admin/", "/ru/"]
)
@pytest.mark.parametrize("at", [NOW.isoformat(), None])
def test_it_writes_nothing(path, at):
    def only_reading(execute, sql, params, many, context):
        assert sql.startswith("SELECT"), sql
        return execute(sql, params, many, context)

    make_clock()
    make_live()
    before = dump()
    with connection.execute_wrapper(only_reading):
        render(path, at=at)
    assert dump() == before


@pytest.mark.parametrize("at", ["", "now", "2021-10-25", "2021-10-25T21:41", "2021-10-25T25:00Z", "0001-01-01T00:00Z"])
def test_anything_but_an_instant_with_its_offset_is_refused(at):
    with pytest.raises(CommandError) as caught:
        render("/", at=at)
    assert str(caught.value) == (f"“{at}” is no instant: write it like 2021-10-25T21:41Z or 2021-10-26T00:41+03:00.")


@pytest.mark.parametrize("path", ["", "messages/", "//evil.example/", "http://evil.example/", "ru/"])
def test_anything_but_a_path_is_refused(path):
    with pytest.raises(CommandError) as caught:
        render(path)
    assert str(caught.value) == f"“{path}” is no path: write it from the first slash on, such as /messages/."


@pytest.mark.parametrize("at", [moment.EARLIEST, moment.LATEST], ids=["first", "last"])
@pytest.mark.parametrize("path", ["/", "/messages/", "/messages/2021/", "/messages/1/"])
def test_the_ends_of_time(path, at):
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        make_clock(zone, zone)
    make_counter()
    make_live()
    make_scheduled()
    out, err = render(path, at=at.isoformat())
    assert err == ("404 Not Found\n" if path == "/messages/1/" and at is moment.EARLIEST else "")
    assert any(line.startswith("Etc/GMT+12: ") for line in lines(out))


@examples(60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from([None, "en", "ru"]))
def test_any_path_prints_a_page_or_a_sentence(path, language):
    try:
        out, err = render(f"/{path}", at=NOW.isoformat(), language=language)
    except CommandError as error:
        assert str(error).startswith("“")
    else:
        assert "<html" in out
        assert err in {"", "404 Not Found\n"}
