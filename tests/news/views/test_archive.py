import re
from datetime import date, timedelta

import pytest

from embassy import moment
from news import actions
from news.models import Edition, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
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


def titles(answer):
    return [row[13:] for row in rows(answer)]


def years_of(answer):
    """Return each link to a year or a month of the chart with how many messages it tells of."""
    html = answer.content.decode()
    years = re.findall(r'<th scope="row"><a href="([^"]+)".*?</th>.*?<span class="count">(\d+)<', html, re.DOTALL)
    months = re.findall(r'<td><a href="([^"]+)".*?<span>[^:]+: (\d+) \w+</span></a></td>', html)
    return {link: int(count) for link, count in years + months}


def table(answer):
    """Return the chart as it is read to somebody: the words of each cell, row by row."""
    html = answer.content.decode().partition('<nav class="archive-index chart"')[2].partition("</nav>")[0]
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    return [[" ".join(lines(re.sub("<span aria-hidden.*?</span>", "", cell))) for cell in row] for row in cells]


# ---- years, months, categories -----------------------------------------------------------------------------------


def test_years_and_months_count_what_they_hold(visitor, now):
    for day in (date(2019, 1, 1), date(2019, 12, 31), date(2021, 1, 31), date(2021, 2, 1), date(2021, 2, 28)):
        make_live(title=f"Of {day}", date=day)
    answer = visitor.get("/messages/2021/")
    assert years_of(answer) == {
        "/messages/2021/": 3,
        "/messages/2021/01/": 1,
        "/messages/2021/02/": 2,
        "/messages/2019/": 2,
        "/messages/2019/01/": 1,
        "/messages/2019/12/": 1,
    }
    assert titles(answer) == ["Of 2021-02-28", "Of 2021-02-01", "Of 2021-01-31"]
    assert titles(visitor.get("/messages/2021/02/")) == ["Of 2021-02-28", "Of 2021-02-01"]
    assert titles(visitor.get("/messages/2019/12/")) == ["Of 2019-12-31"]
    assert title(visitor.get("/messages/2021/02/")) == "February 2021 - Embassy"


@pytest.mark.parametrize(
    "path", ["/messages/", "/messages/2019/", "/messages/2021/02/", "/messages/2020/", "/category/news/"]
)
def test_from_any_page_of_the_archive_any_month_is_one_click_away(visitor, now, path):
    category = make_category("News")
    for day in (date(2019, 1, 1), date(2021, 2, 1), date(2021, 3, 1)):
        make_live(date=day, category=category)
    assert {"/messages/2019/01/", "/messages/2021/02/", "/messages/2021/03/"} <= set(links(visitor.get(path)))


def test_the_chart_is_read_as_a_table(visitor, now):
    for day in (date(2019, 5, 1), date(2021, 1, 31), date(2021, 2, 1), date(2021, 2, 28)):
        make_live(date=day)
        make_live(date=day, language="ru")
    heads, newest, gap, oldest = table(visitor.get("/messages/"))
    assert (heads[:3], heads[-2:], len(heads)) == (["Year", "January", "February"], ["December", "Total"], 14)
    assert newest == ["2021", "January 2021: 1 message", "February 2021: 2 messages", *[""] * 10, "3"]
    assert gap == ["2020: no messages"]
    assert oldest == ["2019", *[""] * 4, "May 2019: 1 message", *[""] * 7, "1"]
    # The fullest month of all stands for the whole height.
    heights = [int(bar["height"]) for bar in tags(visitor.get("/messages/"), "rect")]
    assert heights == [50, 100, 50]
    assert table(visitor.get("/ru/messages/"))[0][1:3] == ["Январь", "Февраль"]


@pytest.mark.parametrize("path", ["/messages/", "/messages/2021/", "/category/news/"])
def test_where_there_is_no_message_there_is_no_chart(visitor, now, path):
    make_category("News")
    assert tags(visitor.get(path), "table") == []


@pytest.mark.parametrize("path", ["/messages/2019/", "/messages/2019/05/"])
def test_the_chart_marks_where_the_visitor_is_and_nothing_else(visitor, now, path):
    for day in (date(2019, 5, 1), date(2021, 5, 1)):
        make_live(date=day)
    here = [link["href"] for link in tags(visitor.get(path), "a") if link.get("aria-current") == "page"]
    assert here == [path]


def test_a_year_of_long_ago_is_in_a_fold_that_its_own_page_opens(visitor, now):
    for number in range(2001, 2022):
        make_live(date=date(number, 5, 1))
    assert [fold for fold in tags(visitor.get("/messages/"), "details") if "open" in fold] == []
    assert len(tags(visitor.get("/messages/"), "details")) == 1
    assert "/messages/2003/05/" in links(visitor.get("/messages/"))
    for path in ("/messages/2003/", "/messages/2003/05/"):
        assert ["open" in fold for fold in tags(visitor.get(path), "details")] == [True]


@pytest.mark.parametrize("path", ["/messages/2020/", "/messages/2020/05/", "/messages/1900/", "/messages/2199/12/"])
def test_a_year_or_month_without_messages_is_an_empty_page(visitor, now, path):
    make_live()
    answer = visitor.get(path)
    assert (answer.status_code, titles(answer)) == (200, [])
    assert "There are no messages here." in lines(answer)


@pytest.mark.parametrize("path", ["/messages/", "/messages/2021/", "/messages/2021/11/"])
def test_counts_are_right_around_a_scheduled_release_with_no_write_in_between(visitor, path):
    make_live(date=date(2021, 11, 1), at=NOW - DAY)
    make_scheduled(NOW, date=date(2021, 11, 2))
    actions.schedule(
        make_next(make_live(at=NOW - DAY), at=NOW - 2 * MINUTE), public_from=NOW + 2 * MINUTE, by=None, at=NOW - MINUTE
    )
    seen = []
    for step in (-1, 0, 1, 0, -1, 3):  # to and fro: what was counted for one instant must not serve another
        with moment.at(NOW + step * MINUTE):
            answer = visitor.get(path)
            seen.append(years_of(answer)["/messages/2021/"])
    assert seen == [2, 3, 3, 3, 2, 3]


def test_counts_follow_a_withdrawal_and_a_removal(visitor):
    make_withdrawn(until=NOW, at=NOW - DAY)
    make_removed(until=NOW + MINUTE, at=NOW - DAY)
    make_live(at=NOW - DAY)
    seen = []
    for step in (-1, 0, 1, 0):
        with moment.at(NOW + step * MINUTE):
            seen.append(years_of(visitor.get("/messages/"))["/messages/2021/"])
    assert seen == [3, 2, 1, 2]


def test_lists_and_counts_never_mix_languages(visitor, now):
    category = make_category({"en": "News", "ru": "Новости"})
    make_live(title="English", language="en", category=category)
    make_live(title="Русский", language="ru", category=category)
    make_live(title="Ещё один", language="ru", category=category)
    for path in (
        "/",
        "/messages/",
        "/messages/2021/",
        "/messages/2021/10/",
        "/category/news/",
        "/messages/?category=news",
    ):
        assert titles(visitor.get(path)) == ["English"]
        assert titles(visitor.get(f"/ru{path}")) == ["Ещё один", "Русский"]
    assert years_of(visitor.get("/messages/"))["/messages/2021/"] == 1
    assert '<span class="count">2</span>' in visitor.get("/ru/messages/").content.decode()


def test_a_year_page_leads_on_to_the_statement_of_that_number(visitor, now):
    edition = make_live(title="Here")
    hint = "Looking for the statement No. 2021? It is here."
    assert hint not in lines(visitor.get("/messages/2021/"))
    overwrite(Statement.objects.filter(pk=edition.statement_id), number=2021)
    answer = visitor.get("/messages/2021/")
    assert hint in lines(answer)
    assert "/messages/2021/here/" in links(answer)
    assert visitor.get("/messages/2021/here/").status_code == 200
    assert hint not in lines(visitor.get("/messages/2021/10/"))


def test_four_digits_that_are_no_year_are_a_number(visitor, now):
    edition = make_live(title="Here")
    for number in (1000, 1899, 2200, 9999):
        overwrite(Statement.objects.filter(pk=edition.statement_id), number=number)
        assert visitor.get(f"/messages/{number}/").headers["Location"] == f"/messages/{number}/here/"


def test_a_category_has_a_page_in_each_language(visitor, now):
    category = make_category({"en": "News", "ru": "Новости"})
    make_live(title="In", category=category)
    make_live(title="Out")
    answer = visitor.get("/category/news/")
    assert (titles(answer), title(answer)) == (["In"], "News - Embassy")
    assert title(visitor.get("/ru/category/news/")) == "Новости - Посольство"
    assert visitor.get("/category/nothing/").status_code == 404


def test_a_date_outside_of_the_years_that_have_pages_breaks_no_page(visitor, now):
    slip = make_live(title="Slip")
    make_live(title="Fine")
    overwrite(Edition.objects.filter(pk=slip.pk), date=date(21, 10, 25))
    answer = visitor.get("/messages/")
    assert titles(answer) == ["Fine", "Slip"]
    assert list(years_of(answer)) == ["/messages/2021/", "/messages/2021/10/"]


def test_drafts_are_nowhere(visitor, now):
    make_draft(title="Draft", category=make_category("News"))
    for path in ("/messages/", "/messages/2021/", "/messages/2021/10/", "/category/news/"):
        assert titles(visitor.get(path)) == []


def test_other_languages_are_linked_from_every_list(visitor, now):
    make_category("News")
    for path in ("/", "/messages/", "/messages/2021/", "/messages/2021/10/", "/category/news/"):
        alternates = {link["hreflang"]: link["href"] for link in tags(visitor.get(path), "link") if "hreflang" in link}
        own = f"http://testserver{path}"
        assert alternates == {"en": own, "ru": f"http://testserver/ru{path}", "x-default": own}


def test_the_day_of_a_message_is_its_own_and_not_the_zones(visitor):
    make_live(date=date(2021, 12, 31), at=NOW)
    with moment.at(NOW + timedelta(days=400)):
        assert years_of(visitor.get("/messages/2021/12/")) == {"/messages/2021/": 1, "/messages/2021/12/": 1}
