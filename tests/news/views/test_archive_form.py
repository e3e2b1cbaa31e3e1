"""The archive without words: language, order, counts that narrow, whole texts to print."""

from datetime import date

import pytest

from news import archive
from tests.factories import DAY, make_category, make_live
from tests.reading import lines, links, rows, tags

pytestmark = pytest.mark.django_db


def titles(answer):
    return [row[13:] for row in rows(answer)]


def ways(answer):
    """Return each way on to fewer messages with the count beside it: `{"News": ("/messages/?…", 2)}`."""
    html = answer.content.decode()
    found = {}
    for item in html[html.index('<div class="ways">') :].split("<li>")[1:]:
        label, count = lines(item.partition("</li>")[0])[0].rsplit(" ", 1)
        found[label] = (next(iter(links(item.partition("</li>")[0])), ""), int(count))
    return found


# ---- language and order ------------------------------------------------------------------------------------------


def test_another_language_is_shown_where_it_is_asked_for(visitor, now):
    make_live(title="English")
    make_live(title="Русский", language="ru", date=date(2021, 10, 26))
    expected = {
        "/messages/": ["English"],
        "/messages/?language=": ["English"],
        "/messages/?language=en": ["English"],
        "/messages/?language=ru": ["Русский"],
        "/messages/?language=all": ["Русский", "English"],
        "/messages/?language=all&order=oldest": ["English", "Русский"],
        "/ru/messages/": ["Русский"],
        "/ru/messages/?language=en": ["English"],
    }
    assert {path: titles(visitor.get(path)) for path in expected} == expected


def test_a_message_in_another_language_says_so_to_the_browser(visitor, now):
    make_live(title="English", summary="In short")
    make_live(title="Русский", summary="Кратко", language="ru")
    answer = visitor.get("/messages/?language=all")
    spoken = [a for a in tags(answer, "a") if "dir" in a]
    assert [(a["href"], a["lang"], a["hreflang"], a["dir"]) for a in spoken] == [
        ("/ru/messages/2/russkii/", "ru", "ru", "ltr")
    ]
    assert [p.get("lang") for p in tags(answer, "p") if p.get("class") == "summary"] == ["ru", None]


def test_pages_of_all_languages_follow_each_other_without_gap_or_double(visitor, now, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 5)
    for n in range(12):
        make_live(title=f"M{n:02}", language=("en", "ru", "en")[n % 3], date=date(2021, 1, 1) + n // 2 * DAY)
    for order, expected in (("newest", range(11, -1, -1)), ("oldest", range(12))):
        address, seen = f"?language=all&order={order}", []
        while address:
            answer = visitor.get(f"/messages/{address}")
            seen += titles(answer)
            address = next((a["href"] for a in tags(answer, "a") if a.get("rel") == "next"), "")
        assert seen == [f"M{n:02}" for n in expected]


def test_the_oldest_come_first_and_go_on_behind_a_position(visitor, now, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 5)
    for n in range(7):
        make_live(title=f"M{n}", date=date(2021, 1, 1) + n // 3 * DAY)
    answer = visitor.get("/messages/?order=oldest")
    assert titles(answer) == [f"M{n}" for n in range(5)]
    (link,) = [link for link in tags(answer, "link") if link.get("rel") == "next"]
    assert link["href"] == "?order=oldest&before=5"
    assert titles(visitor.get(f"/messages/{link['href']}")) == [f"M{n}" for n in range(5, 7)]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("language=xx", "There are no messages in this language."),
        ("language=%00", "There are no messages in this language."),
        ("order=random", "There is no such order."),
    ],
)
def test_a_wrong_language_or_order_gets_a_sentence_and_changes_nothing(visitor, now, query, sentence):
    make_live(title="M1")
    make_live(title="M2")
    answer = visitor.get(f"/messages/?{query}")
    assert (titles(answer), sentence in lines(answer)) == (["M2", "M1"], True)


def test_with_one_language_nobody_is_asked_for_it(visitor, now, settings):
    settings.LANGUAGES = [("en", "English")]
    make_live(title="M")
    answer = visitor.get("/messages/?language=ru")
    assert titles(answer) == ["M"]
    assert [one["name"] for one in tags(answer, "select")] == ["category", "order"]


def test_what_was_asked_is_asked_in_the_other_language_too(visitor, now):
    make_category("News")
    answer = visitor.get("/messages/?category=news&from=01.10.2021&language=ru&before=3")
    alternates = {a["hreflang"]: a["href"] for a in tags(answer, "link") if "hreflang" in a}
    own = "http://testserver/messages/?category=news&from=2021-10-01&language=ru"
    assert alternates == {
        "en": own,
        "x-default": own,
        "ru": "http://testserver/ru/messages/?category=news&from=2021-10-01",
    }


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2021-10-25", "2021-10-25"), ("25.10.2021", "2021-10-25"), ("never", ""), ("2021-02-30", ""), ("1.1.1", "")],
)
def test_a_day_is_shown_again_as_the_field_of_a_browser_takes_it(visitor, typed, shown):
    (field,) = [one for one in tags(visitor.get("/messages/", {"from": typed}), "input") if one.get("name") == "from"]
    assert (field["type"], field.get("value", "")) == ("date", shown)
