"""A third language is a setting and a catalogue: proved with Arabic, which is written from the right."""

import re
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import translation

from news import actions
from news.templatetags.translations import translation_offers
from tests import arabic
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_live,
    make_translation,
    make_withdrawn,
)
from tests.programs import Server
from tests.reading import lines, links, rows, tags, title
from tests.test_locale import asked, faults, key

# A server with the production settings, but static files as they lie in static/: nothing is collected for tests.
PLAIN = """
from embassy.settings import *
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""
DAYS = {
    0: "مضى أقل من يوم على الحريق",
    1: "مضى 1 يوم واحد على الحريق",
    2: "مضى 2 يومان على الحريق",
    3: "مضت 3 أيام على الحريق",
    10: "مضت 10 أيام على الحريق",
    11: "مضى 11 يومًا على الحريق",
    99: "مضى 99 يومًا على الحريق",
    100: "مضى 100 يوم على الحريق",
    103: "مضت 103 أيام على الحريق",
    1332: "مضى 1332 يومًا على الحريق",
}


@pytest.fixture
def arabic_site(settings: Any, tmp_path: Path, now: Any, db: None) -> Any:
    with arabic.speaking_arabic(settings, tmp_path):
        yield


def get(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer


def test_the_catalogue_is_sound_and_most_of_it_is_still_asked_for():
    catalogue = polib.pofile(str(arabic.SOURCE))
    assert faults(catalogue) == []
    # A text that is worded anew falls back to English: nobody has to know Arabic to mend a sentence.
    assert len({key(entry) for entry in catalogue} & set(asked())) > 0.8 * len(catalogue)


def test_it_has_words_for_what_the_public_pages_print():
    public = re.compile(
        r"templates/(?!admin)|news/(views|forms|narrowing|citing|archive|search|register/verifying)|embassy/hours"
    )
    printed = {words for words, path in asked().items() if public.match(path)}
    missing = printed - {key(entry) for entry in polib.pofile(str(arabic.SOURCE))}
    # As above: what is worded anew may wait for somebody who knows Arabic, but not much of it.
    assert (len(printed) > 150, len(missing) <= 0.05 * len(printed)) == (True, True), sorted(missing)


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "ألصق نصًا، أو اكتب رقمًا أو عنوانًا."),
        ("قال السفير إن المفاوضات مستمرة وستنتهي في الخريف القادم", "هذا المقطع في نصنا كلمة بكلمة."),
        ("قال السفير إن المفاوضات متوقفة وستنتهي في الخريف القادم", "في نصك وليس في نصنا"),
        ("لا يشبه هذا شيئًا مما قالته البعثة في أي يوم من الأيام", "لا يمكن قراءة شيء يشبهه في هذا الموقع الآن."),
    ],
)
def test_whoever_verifies_a_text_is_answered_in_it(arabic_site, pasted, words):
    make_live(language="ar", title="بيان", body="<p>قال السفير إن المفاوضات مستمرة وستنتهي في الخريف القادم.</p>")
    form = "application/x-www-form-urlencoded"
    answer = Client().post("/ar/verify/", urlencode({"text": pasted}), content_type=form)
    assert words in lines(answer)
    assert "نص أو رقم في السجل أو عنوان من هذا الموقع أو بصمة" in lines(answer)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_a_citation_runs_as_its_page_does_whatever_it_begins_with(arabic_site, language, direction):
    # The mission's name, which comes first, may have Latin letters on an Arabic page.
    page = get(make_live(language=language, title="بيان").get_absolute_url())
    assert [one["dir"] for one in tags(page, "textarea") if one["id"] == "citation"] == [direction]


def test_a_server_of_its_own_speaks_it_by_one_setting_and_one_file(tmp_path: Path):
    (tmp_path / "plain.py").write_text(PLAIN)
    arabic.compile_into(tmp_path / "data" / "locale")
    chosen = {"LANGUAGES": "en,ru,ar", "WEB_CONCURRENCY": "1", "DATA_DIR": str(tmp_path / "data")}
    chosen |= {"DJANGO_SETTINGS_MODULE": "plain", "PYTHONPATH": str(tmp_path)}
    with Server(tmp_path / "output", settings=chosen) as server:
        server.wait()
        found = {}
        for path in ("/", "/ru/", "/ar/"):
            with urllib.request.urlopen(server.address + path, timeout=20) as answer:
                found[path] = answer.read().decode(), answer.headers["Content-Language"]
    assert "no catalogue has words" not in server.output
    html = {path: tags(page, "html") for path, (page, _language) in found.items()}
    assert html == {
        "/": [{"lang": "en", "dir": "ltr"}],
        "/ru/": [{"lang": "ru", "dir": "ltr"}],
        "/ar/": [{"lang": "ar", "dir": "rtl"}],
    }
    assert [language for _page, language in found.values()] == ["en", "ru", "ar"]
    assert title(found["/ar/"][0]) == "السفارة"
    assert "لا توجد رسائل بعد." in lines(found["/ar/"][0])


def test_numbers_of_days_take_its_six_forms(arabic_site):
    make_clock()
    today = date(2021, 10, 26)
    for days in DAYS:
        name = {"en": "the fire", "ar": "الحريق"}
        make_counter(name, remark="", date=today - timedelta(days), position=days, slug=f"c{days}")
    page = get("/ar/")
    assert [line for line in lines(page) if "الحريق" in line] == list(DAYS.values())


def test_what_has_no_arabic_words_falls_back_to_the_first_language(arabic_site):
    make_clock("Moscow")
    category = make_category({"en": "Trade", "ru": "Торговля"})
    make_live(language="ar", title="بيان", category=category)
    page = get("/ar/messages/1/byn/")
    assert "Trade, 25.10.2021" in lines(page)
    assert "Moscow: 00:41" in lines(page)
    assert "26 أكتوبر 2021" in lines(page)


def test_a_statement_and_its_translations_point_to_each_other_each_in_its_own_words(arabic_site):
    original = make_live(title="Fire", at=NOW - DAY)
    for code, words in (("ru", "Пожар"), ("ar", "حريق")):
        draft = make_translation(original, language=code, title=words)
        actions.release(draft, by=None, at=NOW - DAY / 2)
    own = {"en": "/messages/1/fire/", "ru": "/ru/messages/2/pozhar/", "ar": "/ar/messages/3/hryq/"}
    for code, path in own.items():
        page = get(path)
        offered = [one for one in tags(page, "a") if one.get("rel") == "alternate"]
        others = [other for other in own if other != code]
        assert [(one["hreflang"], one["lang"], one["href"]) for one in offered] == [
            (other, other, own[other]) for other in others
        ]
        assert [one["dir"] for one in offered] == ["rtl" if other == "ar" else "ltr" for other in others]
        assert ("اقرأ بالعربية" in lines(page)) == (code != "ar")
        assert ("Read in English" in lines(page)) == (code != "en")
        named = {one["hreflang"] for one in tags(page, "link") if one.get("rel") == "alternate" and "hreflang" in one}
        assert named >= set(own)


def test_a_language_whose_catalogue_lacks_the_words_is_named_and_nothing_is_borrowed(arabic_site, settings):
    settings.LANGUAGES = [*arabic.LANGUAGES, ("de", "Deutsch")]
    original = make_live(title="Fire", language="ar", at=NOW - DAY)
    actions.release(make_translation(original, language="de", title="Feuer"), by=None, at=NOW - DAY / 2)
    page = get(original.get_absolute_url())
    assert [line for line in lines(page) if line in {"Deutsch", "Read in English"}][-1] == "Deutsch"
    settings.LANGUAGE_CODE = "ar"
    with translation.override("ar"):
        assert [offer.words for offer in translation_offers({"ar": "/", "de": "/de/"})] == ["Deutsch"]


def test_every_kind_of_its_pages_is_written_from_the_right_in_its_words(arabic_site):
    make_clock()
    category = make_category({"en": "Trade", "ar": "تجارة"}, slug="trade")
    make_live(language="ar", title="بيان", summary="", category=category)
    make_withdrawn(language="ar", title="بيان", category=category)
    english = {entry.msgid for entry in polib.pofile(str(arabic.SOURCE))} - {"Read in English"}
    for path in ("/", "/messages/", "/messages/2021/", "/messages/2021/10/", "/category/trade/", "/messages/2/byn/"):
        page = get(f"/ar{path}")
        assert tags(page, "html") == [{"lang": "ar", "dir": "rtl"}], path
        assert english & set(lines(page)) == set(), path
        # Every link that is not to another language stays in this one.
        others = {link["href"] for link in tags(page, "a") if link.get("hreflang") not in {None, "ar"}}
        inner = [link for link in links(page) if link.startswith("/") and link not in others]
        # What programs read is in no language: the short address, the text behind a digest, the register.
        machines = r"/\d+\Z|/messages/\d+/editions/\d+/canonical.txt|/register"
        assert [link for link in inner if not re.match(rf"/ar/|{machines}", link)] == [], path
    assert rows(get("/ar/messages/")) == ["25.10.2021 - بيان"]
    assert title(get("/ar/messages/2021/10/")).startswith("أكتوبر 2021 - ")


def test_its_feeds_say_their_language(arabic_site):
    make_live(language="ar", title="بيان")
    make_live(language="en", title="Statement")
    feed = get("/ar/feeds/atom.xml").content.decode()
    assert ('xml:lang="ar"' in feed, "بيان" in feed, "Statement" in feed) == (True, True, False)


def test_without_the_setting_there_is_no_arabic_page(db, visitor):
    assert [code for code, _name in project.LANGUAGES] == ["en", "ru"]
    assert visitor.get("/ar/").status_code == 404
