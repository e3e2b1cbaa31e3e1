"""Lists, feeds, search and archive never mix languages unless asked: every address that is not one statement's own."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils.http import urlencode

from news import actions
from tests.factories import NOW, make_category, make_clock, make_live, make_withdrawn
from tests.reading import content
from tests.test_leaks import patterns, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both")]

# What leads to one statement, to a file, or to whoever was given an address.
ONE = {"number", "sequence", "token", "secret", "instant", "rest", "name"}
WORDS = {"en": "xenglish", "ru": "xrussian"}
PREFIXES = {"en": "", "ru": "/ru"}
# For search engines, all at once; each entry names its language.
FOR_ALL = ("/sitemap", "/ru/sitemap")


def lists() -> Iterator[str]:
    """Yield every address that the patterns can build without naming one statement, and every way to ask a list."""
    known = values()
    for route, parameters in patterns(get_resolver()):
        if ONE & set(parameters) or ("<" in route and not parameters):
            continue
        for chosen in product(*(known[name] for name in parameters)):
            path = route
            for name, value in zip(parameters, chosen, strict=True):
                start = path.rindex("<", 0, path.index(f"{name}>"))
                path = path[:start] + value + path[path.index(">", start) + 1 :]
            yield f"/{path}"
    asked = [{"q": "said"}, {"q": "xenglish"}, {"q": "xrussian"}, {"category": "news"}, {"from": "2021-01-01"}]
    asked += [{"before": "9"}, {"print": "all"}, {"q": "said", "print": "all"}, {"q": "said", "order": "oldest"}]
    asked += [{"language": "xx"}, {"language": ""}, {"language": "\x00"}, {"language": "EN"}]
    yield from (f"/messages/?{urlencode(one)}" for one in asked)


@pytest.fixture
def both(now: object) -> None:
    make_clock()
    news = make_category("News", slug="news")
    for code, word in WORDS.items():
        said = {"summary": f"S {word} said", "body": f"<p>B {word} said</p>", "category": news, "language": code}
        for n in range(2):
            make_live(title=f"{word} {n}", **said)
        make_withdrawn(title=f"{word} withdrawn", **said)
        make_live(title=f"{word} first", featured_until=NOW.replace(year=2022), **said)


def answer(path: str) -> str:
    found = Client().get(path)
    return content(found).decode(errors="replace").lower() if found.status_code == 200 else ""


def test_no_list_shows_a_word_of_another_language():
    mixed, shown = [], dict.fromkeys(WORDS, 0)
    for path in dict.fromkeys(lists()):
        for code, prefix in PREFIXES.items():
            if path.startswith(FOR_ALL):
                continue
            other = next(word for name, word in WORDS.items() if name != code)
            page = answer(prefix + path).replace(f'value="{other}"', "").replace(f"q={other}", "")
            shown[code] += WORDS[code] in page
            # A search repeats what was looked for: its own words, not the list's.
            if other in page and not (f"q={other}" in path and f"{other} " not in page):
                mixed.append(prefix + path)
    assert mixed == []
    # A sweep that sees nothing would hold anything.
    assert min(shown.values()) >= 10


def test_who_asks_for_the_other_language_or_for_all_gets_it():
    assert "xrussian 0" in answer("/messages/?language=ru")
    assert "xenglish 0" not in answer("/messages/?language=ru")
    both = answer("/messages/?language=all&order=oldest")
    assert ("xenglish 0" in both, "xrussian 0" in both) == (True, True)


def test_a_pair_is_in_each_list_once_in_the_language_of_the_list():
    original = make_live(title="xenglish pair", language="en")
    russian = actions.write(
        actions.Text(title="xrussian pair", date=original.date),
        language="ru",
        translation_of=original.statement,
        by=None,
        at=NOW,
    )
    actions.release(russian, by=None, at=NOW)
    for path in ("/", "/messages/", "/feeds/atom.xml", "/messages/2021/10/"):
        assert ("xrussian" in answer(path), "xenglish" in answer(f"/ru{path}")) == (False, False), path
