"""The archive asked for words: what is found, marked, counted and led on from; and what nobody may find."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest

from embassy import moment
from news import actions, archive
from news.models import Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
    overwrite,
)
from tests.reading import lines, links, rows, tags, title

pytestmark = pytest.mark.django_db


def ask(visitor, path="/messages/", **parameters):
    return visitor.get(f"{path}?{urlencode(parameters)}")


def titles(answer):
    return [row[13:] for row in rows(answer)]


def marked(answer):
    return re.findall(r"<mark>(.*?)</mark>", answer.content.decode())


def beside(answer):
    """Return the lines beside the list: years and categories with their counts."""
    return lines(answer.content.decode().partition('<div class="ways">')[2].partition("<footer")[0])


def test_words_are_found_in_any_form_and_marked_in_title_and_excerpt(visitor, now):
    make_live(title="Two reports on the harbour", summary="", body="<p>The <b>fire</b> was reported at night.</p>")
    make_live(title="A garden party", summary="Tea and cakes")
    answer = ask(visitor, q="report fires")
    assert titles(answer) == ["Two reports on the harbour"]
    assert marked(answer) == ["reports", "fire", "reported"]
    assert "The fire was reported at night." in lines(answer)
    assert title(answer) == "Messages with “report fires” - Embassy"
    assert "1 message print all of these" in lines(answer)


def test_the_best_come_first_unless_another_order_is_asked_for(visitor, now):
    make_live(title="The treaty, in full", body="<p>treaty</p>", date=date(2021, 10, 2))
    for day in (1, 3):
        make_live(title=f"Day {day}", body=f"<p>{'Of other things. ' * 50} treaty</p>", date=date(2021, 10, day))
    best = ask(visitor, q="treaty")
    assert titles(best)[0] == "The treaty, in full"
    assert titles(ask(visitor, q="treaty", order="best")) == titles(best)
    assert titles(ask(visitor, q="treaty", order="newest")) == ["Day 3", "The treaty, in full", "Day 1"]
    assert titles(ask(visitor, q="treaty", order="oldest")) == ["Day 1", "The treaty, in full", "Day 3"]
    assert [one["value"] for one in tags(best, "option")][-3:] == ["", "newest", "oldest"]


def test_words_category_and_days_narrow_together_and_every_link_keeps_them(visitor, now, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 5)
    news = make_category("News")
    for n in range(7):
        make_live(title=f"Treaty {n}", category=news, date=date(2020, 12, 1) + n * DAY)
    make_live(title="Treaty elsewhere", date=date(2020, 12, 24))
    make_live(title="Other", category=news, date=date(2020, 12, 24))
    answer = ask(visitor, q="treaty", category="news", order="newest", utm="1", to="2021-06-01")
    assert titles(answer) == [f"Treaty {n}" for n in range(6, 1, -1)]
    older = next(a["href"] for a in tags(answer, "a") if a.get("rel") == "next")
    assert older == "?q=treaty&category=news&to=2021-06-01&order=newest&before=3"
    assert titles(visitor.get(f"/messages/{older}")) == [f"Treaty {n}" for n in range(1, -1, -1)]
    everywhere = ask(visitor, q="treaty")
    assert beside(everywhere) == ["By year", "2020 8", "By category", "News 7", "Without a category 1"]
    assert {
        "/messages/?q=treaty&from=2020-01-01&to=2020-12-31",
        "/messages/?q=treaty&category=news",
        "/messages/?q=treaty&print=all",
        "/ru/messages/?q=treaty",
    } <= set(links(everywhere))


def test_pages_of_the_best_follow_each_other_without_gap_or_double(visitor, now, monkeypatch):
    monkeypatch.setattr(archive, "PAGE", 5)
    for n in range(12):
        make_live(title=f"M{n}", body=f"<p>{'treaty ' * (n % 7 + 1)}</p>")
    address, seen = "?q=treaty", []
    while address:
        answer = visitor.get(f"/messages/{address}")
        seen += titles(answer)
        address = next((a["href"] for a in tags(answer, "a") if a.get("rel") == "next"), "")
    assert (len(seen), sorted(seen)) == (12, sorted(f"M{n}" for n in range(12)))


def test_phrases_and_exclusions(visitor, now):
    make_live(title="The old harbour")
    make_live(title="The harbour is old")
    assert titles(ask(visitor, q='"old harbour"')) == ["The old harbour"]
    assert titles(ask(visitor, q='harbour -"old harbour"')) == ["The harbour is old"]


def test_a_language_is_searched_in_its_own_forms_and_both_only_where_asked(visitor, now):
    make_live(title="Заявления о переговорах", language="ru", summary="", body="<p>NATO</p>")
    make_live(title="Statement on negotiations", summary="", body="<p>NATO</p>")
    assert titles(ask(visitor, "/ru/messages/", q="заявление")) == ["Заявления о переговорах"]
    assert titles(ask(visitor, q="nato")) == ["Statement on negotiations"]
    both = ask(visitor, q="nato", language="all", order="oldest")
    assert titles(both) == ["Заявления о переговорах", "Statement on negotiations"]
    assert [p.get("lang") for p in tags(both, "p") if p.get("class") == "summary"] == ["ru", None]
    assert titles(ask(visitor, q="negotiation", language="all")) == ["Statement on negotiations"]
    assert titles(ask(visitor, q="переговоры", language="all")) == ["Заявления о переговорах"]


def test_a_number_that_a_text_prints_is_shown_in_what_was_found(visitor, now):
    make_clock()
    make_counter(slug="fire")
    make_live(title="Day {days:fire} of silence", summary="After {days:fire} days", body="<p>Silence</p>")
    answer = ask(visitor, q="silence")
    assert titles(answer) == ["Day 1332 of silence"]
    assert "After 1332 days Silence" in lines(answer)


def test_whoever_looks_for_a_number_is_led_to_the_statement(visitor, now):
    edition = make_live(title="Here")
    overwrite(Statement.objects.filter(pk=edition.statement_id), number=347)
    hint = "Looking for the statement No. 347? It is here."
    for words in ("347", "No. 347", "no 347", "№347", "#347"):
        answer = ask(visitor, q=words)
        assert (hint in lines(answer), "/messages/347/here/" in links(answer)) == (True, True)
    for words in ("346", "covid 347", "0347", "9" * 30):
        assert hint not in lines(ask(visitor, q=words))


# ---- nothing, and what makes no sense ----------------------------------------------------------------------------


def test_where_nothing_is_found_a_reader_is_told_what_to_try(visitor, now):
    make_live(title="Treaty", date=date(2020, 1, 1))
    answer = ask(visitor, q="treaty", **{"from": "2021-01-01"})
    found = lines(answer)
    begin = found.index("Nothing was found. Write fewer words or others.")
    assert found[begin + 1 : begin + 4] == ["Or look further:", "Of any day", "All languages"]
    assert "/messages/?q=treaty" in links(answer)
    assert beside(answer) == []


def test_where_there_is_no_word_to_look_for_the_page_says_so(visitor, now):
    make_live(title="Treaty")
    for words in ("!!!", "\x00", "...", "—", '"', '""', "( ) * :", "\u202e"):
        answer = ask(visitor, q=words)
        assert (titles(answer), "There is no word to look for in what you wrote." in lines(answer)) == ([], True)


def test_the_remark_on_what_was_left_out_is_shown(visitor, now):
    make_live(title="Treaty", body=f"<p>{' '.join(f'w{n}' for n in range(50))}</p>")
    only_excluded = "Write at least one word that the messages should have, besides those that they should not."
    assert only_excluded in lines(ask(visitor, q="-treaty"))
    answer = ask(visitor, q=" ".join(f"w{n}" for n in range(50)))
    assert titles(answer) == ["Treaty"]
    assert "Your request was long: only its beginning was looked for." in lines(answer)


def test_empty_words_are_no_words(visitor, now):
    make_live(title="Treaty")
    for words in ("", " ", "\t\n"):
        answer = ask(visitor, q=words, category="")
        assert (titles(answer), title(answer)) == (["Treaty"], "All messages - Embassy")


HOSTILE = [
    "'; DROP TABLE news_edition; --",
    "treaty NEAR(x y) AND OR NOT * ^ : { } [ ]",
    '"unbalanced',
    "a & b | !c <-> d:*",
    "\x00treaty\x00",
    "x" * 10_000,
    "ж" * 10_000,
    '"' * 10_000,
    "- " * 5_000,
    "条約 معاهدة สนธิสัญญา 🕊",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "%s %d {days:fire} {{ 7*7 }} {% now %}",
]


@pytest.mark.parametrize("language", ["", "all"])
def test_hostile_words_get_a_page_that_shows_them_as_text(visitor, now, language):
    make_live(title="Treaty")
    for words in HOSTILE:
        answer = ask(visitor, q=words, language=language)
        assert (answer.status_code, len(answer.content) < 60_000) == (200, True)
        assert [one for one in tags(answer, "script") if "src" not in one] == []
        assert [one for one in tags(answer, "img") if "onerror" in one] == []


def test_what_is_printed_of_results_is_their_whole_text(visitor, now):
    make_live(title="Treaty one", body="<p>All of it.</p>")
    make_live(title="Other")
    answer = ask(visitor, q="treaty", print="all")
    assert len(tags(answer, "article")) == 1
    assert {"Messages with “treaty”", "1 message", "Treaty one", "All of it."} <= set(lines(answer))


def test_results_are_kept_from_search_engines(visitor, now):
    make_live(title="Treaty")
    for path, expected in (("?q=treaty", ["noindex"]), ("?category=x", []), ("?print=all", ["noindex"]), ("", [])):
        answer = visitor.get(f"/messages/{path}")
        assert [one["content"] for one in tags(answer, "meta") if one.get("name") == "robots"] == expected


# ---- what nobody may find ----------------------------------------------------------------------------------------


def test_a_word_that_is_not_public_is_answered_like_a_word_that_nobody_wrote(visitor):
    first = make_live(title="Aone", at=NOW - DAY)
    actions.schedule(
        make_next(first, at=NOW - MINUTE, title="Atwo"), public_from=NOW + MINUTE, by=None, at=NOW - MINUTE
    )
    make_draft(title="Adraft")
    make_scheduled(title="Asoon", public_from=NOW + MINUTE)
    make_withdrawn(title="Awithdrawn")
    make_removed(title="Aremoved")
    make_live(title="Arussian", language="ru")
    hidden = {
        0: ["Atwo", "Adraft", "Asoon", "Awithdrawn", "Aremoved", "Arussian"],
        1: ["Aone", "Adraft", "Awithdrawn", "Aremoved", "Arussian"],
    }
    for step, words in hidden.items():
        with moment.at(NOW + step * MINUTE):
            for more in ({}, {"order": "newest"}, {"print": "all"}, {"from": "2021-01-01"}):
                pages = {
                    ask(visitor, q=word, **more).content.decode().replace(word, "?") for word in [*words, "Anever"]
                }
                assert len(pages) == 1
            shown = {0: ["Aone"], 1: ["Atwo", "Asoon"]}[step]
            assert [titles(ask(visitor, q=word)) for word in shown] == [[word] for word in shown]
