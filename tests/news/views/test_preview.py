"""The page of a preview link: its words, its files, and all that keeps it from everybody else."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from i18nfield.strings import LazyI18nString

from embassy import pages
from embassy.log import LogRow
from news import actions
from news.models import PreviewLink, PreviewOpening
from news.previews import tokens
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_document,
    make_draft,
    make_picture,
    make_preview,
    make_scheduled,
    shown_in_text,
    text,
)
from tests.reading import addresses, lines, links, tags

pytestmark = pytest.mark.django_db

LATER = NOW.replace(second=0) + DAY


@pytest.fixture(autouse=True)
def clock():
    make_clock("London", "Europe/London")
    make_clock("Moscow", "Europe/Moscow", position=1)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def opened(path) -> Any:
    return Client().get(path)


def says(answer, sentence):
    return sentence in " ".join(lines(answer))


def test_the_outlet_reads_the_text_under_its_embargo():
    edition = make_scheduled(LATER, title="A & B", summary="In short.", body="<p>The words.</p>")
    answer = opened(make_preview(edition)[0])
    page = lines(answer)
    start = page.index("Not before 26 Oct 22:41 London / 27 Oct 00:41 Moscow")
    assert answer.status_code == 200
    words = page.index("25.10.2021")
    assert page[start + 1 : start + 4] + page[words : words + 4] == [
        "Embargoed: for The Daily Planet only.",
        "This page always shows its newest words: look again before you publish.",
        "This link ends 26 Oct 23:41 London / 27 Oct 01:41 Moscow.",
        "25.10.2021",
        "A & B",
        "In short.",
        "The words.",
    ]


def test_without_a_time_it_says_so_and_that_nobody_approved_it():
    answer = opened(make_preview(make_draft(public_from=NOW - DAY))[0])
    assert says(answer, "No time set yet: not to be published")
    assert says(answer, "This text is not approved yet.")


@pytest.mark.parametrize("kind", ["shown", "ended", "changed"])
def test_the_answer_is_for_nobody_else(kind):
    path, link = make_preview(make_draft(), is_fixed=True)
    if kind == "ended":
        actions.revoke_link(link, by=None, at=NOW)
    elif kind == "changed":
        actions.change_draft(link.edition, text(), by=None, at=NOW)
    client = Client(headers={"cookie": "sessionid=x; django_language=ru", "accept-language": "ru"})
    answer = client.get(path)
    assert answer.status_code == {"shown": 200, "ended": 404, "changed": 410}[kind]
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Language"] == "en"
    assert {"ETag", "Vary", "Set-Cookie", "Age", "Last-Modified"} & set(answer.headers) == set()
    assert not answer.cookies
    metas = {tag["name"]: tag["content"] for tag in tags(answer, "meta") if "name" in tag}
    assert (metas["robots"], metas["referrer"]) == ("noindex, nofollow, noarchive", "no-referrer")
    token = path.split("/")[2]
    assert token not in answer.content.decode() + repr(answer.headers)
    assert {one for one in addresses(answer) if "//" in one} == set()
    assert not pages._store._pages


def test_it_is_only_read_and_a_question_for_the_head_is_no_opening():
    path, link = make_preview(make_draft())
    answer = Client().head(path)
    assert (answer.status_code, answer.content, link.openings.count()) == (200, b"", 0)
    assert int(answer.headers["Content-Length"]) > 1000
    for method in ("post", "put", "delete", "options"):
        assert getattr(Client(enforce_csrf_checks=True), method)(path).status_code == 405
    assert PreviewOpening.objects.count() == 0


def test_the_page_is_in_the_language_of_the_statement():
    path = make_preview(make_draft(language="ru", title="Слова"))[0]
    for address in (path, f"/ru{path}"):
        answer = opened(address)
        assert (tags(answer, "html")[0]["lang"], answer.headers["Content-Language"]) == ("ru", "ru")
    assert opened("/ru/preview/x/").headers["Content-Language"] == "ru"


def test_each_opening_is_noted_once_a_minute_for_each_reader(clock):
    path, link = make_preview(make_draft())
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    for agent in (firefox, firefox, "curl/8.5.0", ""):
        Client(headers={"user-agent": agent}).get(path)
    clock.shift(MINUTE)
    Client(headers={"user-agent": firefox}).get(path)
    assert list(link.openings.values_list("browser", flat=True)) == ["Firefox, Windows", "", "curl", "Firefox, Windows"]
    last = PreviewOpening.objects.latest("pk")
    assert (last.at, last.address) == (NOW + MINUTE, "127.0.0.1")


def test_the_token_is_long_and_stored_nowhere():
    path, link = make_preview(make_draft())
    token = path.split("/")[2]
    assert re.fullmatch(r"[\w-]{43}", token)
    assert link.digest == tokens.digest(token)
    opened(path)
    rows = [model.objects.values_list() for model in (PreviewLink, PreviewOpening, LogRow)]
    assert token not in repr([list(row) for row in rows])


def test_pictures_and_documents_are_read_through_the_link_and_nowhere_else(clock):
    inside, lead, document, other = make_picture(), make_picture(), make_document(), make_picture()
    edition = make_scheduled(LATER, body=shown_in_text(inside), picture=lead, attachments=(document,))
    make_draft(picture=other)
    path, link = make_preview(edition)
    page = opened(path)
    sources = {tag["src"] for tag in tags(page, "img")} | {one for one in links(page) if "/files/" in one}
    assert len(sources) == 3
    for source in sources:
        assert source.startswith(f"{path}files/")
        answer = opened(source)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert b"".join(answer.streaming_content)
        assert "ETag" not in answer.headers
        part: Any = Client().get(source, headers={"range": "bytes=0-9"})
        assert (part.status_code, len(b"".join(part.streaming_content))) == (206, 10)
        assert Client().head(source).status_code == 200
        assert opened("/files/" + source.split("/files/")[1]).status_code == 404
    stored = other.renditions.first()
    stranger = f"{path}files/{other.token}/{stored.name}"
    assert [opened(one).status_code for one in (stranger, f"{path}files/x/y")] == [404, 404]
    actions.revoke_link(link, by=None, at=NOW)
    assert {opened(source).status_code for source in sources} == {404}


def test_fixed_words_are_the_same_in_whichever_language_they_are_shared_and_opened():
    category = make_category(LazyI18nString({"en": "Press releases", "ru": "Новости"}))
    picture = make_picture(alt=LazyI18nString({"en": "The harbour", "ru": "Порт"}))
    edition = make_scheduled(LATER, language="ru", category=category, picture=picture)
    for language in ("ru", "en"):
        with translation.override(language):
            path, _link = make_preview(edition, is_fixed=True)
        token = path.rpartition("/preview/")[2]
        assert [opened(address + token).status_code for address in ("/preview/", "/ru/preview/")] == [200, 200]


def test_the_queries_of_a_page_are_few(django_assert_num_queries):
    path, _link = make_preview(
        make_scheduled(LATER, picture=make_picture(), attachments=(make_document(),)), is_fixed=True
    )
    with django_assert_num_queries(11):
        opened(path)
    with django_assert_num_queries(5):
        opened("/preview/x/")


def test_whatever_else_is_asked_for_there_is_out_of_sight_too():
    path, _link = make_preview(make_draft())
    for address in (path[:-1], "/preview/", f"{path}nothing/", f"{path}files/x/y", f"/ru{path}files/x/y"):
        answer = opened(address)
        assert answer.status_code in {301, 404}
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
