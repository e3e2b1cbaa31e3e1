"""The catalogues: complete, sound, compiled, and seen by the reader. Nothing here needs gettext, or writes a file."""

import ast
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import django
import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation.template import templatize

from embassy import pages as kept_pages
from embassy import views
from news import actions, archive
from news.models import Statement
from tests import reading
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_scheduled,
    make_submitted,
    overwrite,
)

ROOT = Path(__file__).resolve().parent.parent
APPS = ("counters", "embassy", "news")
SOURCE_LANGUAGE = "en"
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))

# What each of Django's functions takes, in order.
ARGUMENTS = {
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
    "npgettext_lazy": ("context", "msgid", "plural"),
}


class Words(NamedTuple):
    """What the code asks a catalogue for."""

    msgid: str
    plural: str = ""
    context: str = ""


# ---- what the code asks for ---------------------------------------------------------------------------------------


def words_of(function: str, call: ast.Call) -> Words:
    names = ARGUMENTS[function]
    values = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args[: len(names)]]
    assert all(isinstance(value, str) for value in values), (
        f"computed, so no catalogue can hold it: {ast.unparse(call)}"
    )
    return Words(**dict(zip(names, values, strict=True)))


def in_python(source: str) -> Iterator[Words]:
    tree = ast.parse(source)
    functions = {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ARGUMENTS
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Name) and call.func.id in functions:
            yield words_of(functions[call.func.id], call)
        elif isinstance(call.func, ast.Attribute) and call.func.attr in ARGUMENTS:
            yield words_of(call.func.attr, call)


def in_template(source: str) -> Iterator[Words]:
    # Django turns a template into calls of gettext amid what is no code.
    code = templatize(source)
    for found in re.finditer(r"(?<!\w)(_|n?p?gettext)\(", code):
        ends = (end.end() for end in re.finditer(r"\)", code[found.start() :]))
        call = next(call for end in ends if (call := as_call(code[found.start() : found.start() + end])))
        yield words_of("gettext" if found[1] == "_" else found[1], call)


def as_call(code: str) -> ast.Call | None:
    try:
        expression = ast.parse(code, mode="eval").body
    except SyntaxError:
        return None
    return expression if isinstance(expression, ast.Call) else None


def asked() -> dict[Words, str]:
    """Return all that the code asks for, each with a file that does."""
    python = [ROOT / "manage.py", *(path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))]
    templates = [path for top in ("templates", *APPS) for path in sorted((ROOT / top).rglob("*.html"))]
    found: dict[Words, str] = {}
    for paths, scan in ((python, in_python), (templates, in_template)):
        for path in paths:
            found |= dict.fromkeys(scan(path.read_text()), str(path.relative_to(ROOT)))
    return found


def test_the_scan_of_python_finds_every_way_to_ask():
    source = """
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext_lazy as c
from django.utils.translation import gettext_lazy as _
_("one " "two") % {}
print(gettext("three"), ngettext("{n} day", "{n} days", n))
def f():
    return c("verb", "four") + translation.gettext("five") + other("six") + _other("seven")
"""
    expected = [
        Words("one two"),
        Words("three"),
        Words("{n} day", "{n} days"),
        Words("four", context="verb"),
        Words("five"),
    ]
    assert sorted(in_python(source)) == sorted(expected)


@pytest.mark.parametrize("call", ['_(f"a {b}")', "_(name)", '_("a" + b)'])
def test_a_computed_text_is_refused(call):
    with pytest.raises(AssertionError, match="computed"):
        list(in_python(f"from django.utils.translation import gettext as _\n{call}"))


def test_the_scan_of_templates_finds_every_way_to_ask():
    source = """{% load i18n %}<p title="{% translate 'it’s (one)' %}">_("no") gettext("no")</p>
{% translate "two" context "verb" %} {{ name|default:_("three") }} {% firstof a _("four") %}
{% blocktranslate with a=b|c:"(" %}five {{ a }}{% endblocktranslate %}
{% blocktranslate trimmed count n=n %}
    {{ n }} day
{% plural %}
    {{ n }} days
{% endblocktranslate %}{# translate "no" #}"""
    expected = [
        Words("it’s (one)"),
        Words("two", context="verb"),
        Words("three"),
        Words("four"),
        Words("five %(a)s"),
        Words("%(n)s day", "%(n)s days"),
    ]
    assert sorted(in_template(source)) == sorted(expected)


# ---- the catalogues -----------------------------------------------------------------------------------------------


def key(entry: Any) -> Words:
    return Words(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def texts(entry: Any) -> list[str]:
    """Return the entry's translations: one, or one for each plural form."""
    return [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> tuple[list[str], list[str], list[str]]:
    text = text.replace("%%", "")
    return (
        sorted(re.findall(r"%\(\w+\)[-+ #0-9.]*[a-zA-Z]", text)),
        re.findall(r"%[-+#0-9.]*[a-zA-Z]", text),  # without names: their order counts
        sorted(re.findall(r"\{[^{}]*\}", text)),
    )


def faults(catalogue: polib.POFile) -> list[str]:
    forms = int(re.findall(r"nplurals=([0-9]+)", catalogue.metadata["Plural-Forms"])[0])
    found = []
    for entry in catalogue:
        wanted = placeholders(entry.msgid_plural or entry.msgid)
        if entry.obsolete or entry.fuzzy:
            found.append(f"{entry.msgid}: fuzzy or obsolete")
        if len(texts(entry)) != (forms if entry.msgid_plural else 1) or not all(text.strip() for text in texts(entry)):
            found.append(f"{entry.msgid}: not translated")
        for text in filter(None, texts(entry)):
            if placeholders(text) != wanted:
                found.append(f"{entry.msgid}: other placeholders in “{text}”")
            if re.search(r"</?[a-z]|&\w+;", text):
                found.append(f"{entry.msgid}: HTML in “{text}”")
            if (text[0].isspace(), text[-1].isspace()) != (entry.msgid[0].isspace(), entry.msgid[-1].isspace()):
                found.append(f"{entry.msgid}: other white space around “{text}”")
    return found


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def path(request) -> Path:
    found: Path = request.param
    return found


def test_every_language_of_the_site_has_a_catalogue():
    languages = {path.parent.parent.name for path in CATALOGUES}
    assert {translation.to_locale(code) for code, _ in settings.LANGUAGES} - {SOURCE_LANGUAGE} <= languages
    assert "ru" in languages


def test_a_catalogue_holds_what_the_code_asks_for_and_no_more(path):
    held, wanted = {key(entry) for entry in polib.pofile(str(path))}, asked()
    # One of each kind, so that a scan that finds nothing fails.
    assert {
        Words("Latest messages"),
        Words("No. %(number)s"),
        Words("Embassy"),
        Words("Choose a whole minute."),
    } <= held
    assert {words: file for words, file in wanted.items() if words not in held} == {}, "make messages, then translate"
    assert held - set(wanted) == set(), "make messages"


def test_a_catalogue_is_complete_and_keeps_the_placeholders(path):
    assert faults(polib.pofile(str(path))) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Back"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Back"\nmsgstr "Назад"', "fuzzy"),
        ('#~ msgid "Back"\n#~ msgstr "Назад"', "obsolete"),
        ('msgid "No. %(number)s"\nmsgstr "№ %(numer)s"', "placeholders"),
        ('msgid "%(a)s: %s %d"\nmsgstr "%(a)s: %d %s"', "placeholders"),
        ('msgid "{days} ago"\nmsgstr "{дней} назад"', "placeholders"),
        ('msgid "Back"\nmsgstr "<b>Назад</b>"', "HTML"),
        ('msgid " No."\nmsgstr "№"', "white space"),
        ('msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} день"\nmsgstr[1] ""', "not translated"),
        ('msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "день"\nmsgstr[1] "{n} дня"', "placeholders"),
    ],
)
def test_a_fault_of_a_catalogue_is_found(entry, fault):
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    found = faults(polib.pofile(header + entry + "\n"))
    assert len(found) == 1
    assert fault in found[0]


def test_the_compiled_catalogue_is_the_catalogue(path):
    source, compiled = polib.pofile(str(path)), polib.mofile(str(path.with_suffix(".mo")))
    assert len(source) > 0
    assert {key(entry): texts(entry) for entry in compiled} == {key(entry): texts(entry) for entry in source}
    assert compiled.metadata == source.metadata


def test_plural_forms_are_those_of_django(path):
    # Django reads its own catalogue of the language first; forms that differ would be two rules for one language.
    language = path.parent.parent.name
    own = Path(django.__file__).parent / "conf/locale" / language / "LC_MESSAGES/django.mo"
    assert polib.pofile(str(path)).metadata["Plural-Forms"] == polib.mofile(str(own)).metadata["Plural-Forms"]


def test_the_header_of_a_catalogue_names_nobody(path):
    metadata = polib.pofile(str(path)).metadata
    assert metadata["Language"] == path.parent.parent.name
    assert not {"Last-Translator", "Language-Team", "Report-Msgid-Bugs-To"} & {
        name for name in metadata if metadata[name]
    }
    assert "@" not in path.read_text().split("\n\n")[0]


# ---- what readers see ---------------------------------------------------------------------------------------------

SPOKEN = ("aria-label", "alt", "placeholder", "title")
# The switch names each language in that language, a link to the other text too; and what has one name everywhere.
FOREIGN = {"English", "Read", "in", "Atom", "RSS", "JSON", "Feed", "SHA"}


def seen(html: Any) -> list[str]:
    """Return every text that a person reads or hears on the page."""
    attributes = [tag for name in ("nav", "section", "a", "input", "select", "img") for tag in reading.tags(html, name)]
    spoken = [tag[name] for tag in attributes for name in SPOKEN if name in tag]
    texts = [*reading.lines(html), *filter(None, [reading.title(html)]), *spoken]
    # Addresses and digests are no words.
    return [re.sub(r"https?://\S+|\b[0-9a-f]{64}\b", "…", text) for text in texts]


def pattern(text: str) -> str:
    """Return the regular expression of a text whose placeholders may hold anything."""
    parts = re.split(r"%\(\w+\)[sd]|%[sd]|\{\w+\}", " ".join(text.split()))
    return ".+?".join(re.escape(part) for part in parts)


def russian() -> list[Any]:
    """Return the entries whose Russian differs from their English: all but a few that are no words."""
    entries = list(polib.pofile(str(ROOT / "locale/ru/LC_MESSAGES/django.po")))
    differing = [entry for entry in entries if entry.msgid not in texts(entry)]
    assert len(differing) > 0.95 * len(entries) > 100
    return differing


def english(entry: Any) -> list[str]:
    return [text for text in (entry.msgid, entry.msgid_plural) if text]


def ours(lines: list[str]) -> list[tuple[str, str]]:
    """Return our English texts that occur in the lines, each with its line."""
    # A translation may quote English on purpose: what is a translation from end to end is no English text.
    translations = {" ".join(text.split()) for entry in russian() for text in texts(entry)}
    lines = [line for line in lines if line not in translations]
    patterns = [(text, rf"(?<![\w-]){pattern(text)}(?![\w-])") for entry in russian() for text in english(entry)]
    return [(text, line) for text, one in patterns for line in lines if re.search(one, line)]


def whole(alternatives: list[str], lines: list[str]) -> bool:
    """Tell whether one of the texts fills a line."""
    return any(re.fullmatch(pattern(text) + ":?", line) for text in alternatives for line in lines)


def site(language: str) -> dict[str, int]:
    """Fill the site with rows that hold no Latin letter, so that what is Latin on a page is ours; return numbers."""
    make_clock({language: "Москва"})
    make_contact_line()
    story: dict[str, Any] = {"name": {language: "пожара в порту"}, "remark": {language: "ответа нет"}}
    for days in (0, 1, 2, 5):
        make_counter(**story, date=date(2021, 10, 26) - timedelta(days=days))
    make_counter(**story | {"remark": ""}, date=date(2021, 1, 1), ended_on=date(2021, 10, 1))
    text: dict[str, Any] = {
        "title": "Заглавие",
        "summary": "Сказано вкратце",
        "body": "<p>Слова</p>",
        "category": make_category({language: "Новости"}, slug="news"),
    }
    note = {"change_note": "Исправлена дата", "featured_until": NOW + DAY}
    first = make_live(language=language, **text)
    corrected = actions.release(make_next(first, at=NOW - MINUTE, **text | note), by=None, at=NOW - MINUTE)
    plain = [make_live(language=language, **text).statement for _ in range(archive.PAGE + 2)]
    namesake = make_live(language=language, **text).statement
    overwrite(Statement.objects.filter(pk=namesake.pk), number=2021)
    namesake.refresh_from_db()
    statements = {
        "corrected": corrected.statement,
        "withdrawn": actions.withdraw(plain[0], notice="Опубликовано по ошибке", by=None, at=NOW - MINUTE).statement,
        "removed": actions.remove(plain[1], reason="По решению суда", by=None, at=NOW - MINUTE).statement,
    }
    numbers = {name: statement.number for name, statement in statements.items() if statement.number}
    assert len(numbers) == len(statements)
    return numbers


# Each public page, with a few of the texts that only it has.
PAGES = {
    "/": ("Latest messages", "Less than a day has passed since %(name)s", "{days} day has passed since %(name)s"),
    "/messages/": ("All messages", "All categories", "older messages", "All messages by month"),
    "/messages/?from=1&to=2&category=x&before=999": (
        "There is no such category.",
        "Write the date like 2021-10-25 or 25.10.2021.",
        "There is no message to go on from at this address; these are the newest.",
    ),
    "/messages/?from=2021-02-02&to=2021-01-01": ("This day comes before the first one.",),
    "/messages/?before=2021": ("newest messages",),
    "/messages/2021/": ("Looking for the statement No. %(number)s? It is here.",),
    "/messages/1999/": ("There are no messages here.",),
    "/messages/2021/10/": ("All messages by month",),
    "/category/news/": ("All messages by month",),
    "/messages/{corrected}/zaglavie/": ("Changes", "No. %(number)s"),
    "/messages/{corrected}/editions/1/": ("Read the text that is public now", "No. %(number)s, edition %(sequence)s"),
    "/messages/{withdrawn}/zaglavie/": ("This statement is withdrawn.",),
    "/messages/{removed}/": ("This statement was removed",),
    "/messages/?q=Слова&order=oldest": ("Messages with “%(words)s”", "print all of these", "Oldest first", "By year"),
    "/messages/?q=ничего": ("Nothing was found. Write fewer words or others.",),
    "/messages/?q=-слова": ("Find",),
    "/messages/?q=Слова&print=all": ("Back to the list",),
    "/feeds/": ("Feeds", "What a feed tells", "One category only"),
    "/press/": ("For the press",),
    "/verify/": ("Verify a text", "How this works"),
    "/verify/?of={corrected}": ("Authentic", "This text is public now."),
    "/verify/?of={removed}": ("Removed",),
    "/verify/?of=999999": ("Unknown",),
    "/no-such-page/": ("Page not found",),
}


def page_in(language: str, path: str) -> list[str]:
    answer = Client().get(("" if language == SOURCE_LANGUAGE else f"/{language}") + path)
    assert answer.status_code in {200, 404, 410}, path
    return seen(answer)


def failure_in(language: str) -> list[str]:
    with translation.override(language):
        return seen(views.server_error(RequestFactory().get("/")))


def hold_translated(before: list[str], after: list[str], expected: tuple[str, ...]) -> None:
    """Fail unless the page `after` is the English page `before` in Russian."""
    there = {text for text, _ in ours(before)}
    assert set(expected) <= there, "the English page itself lacks a text: this test would see nothing"
    assert ours(after) == []
    whole_lines = [entry for entry in russian() if whole(english(entry), before)]
    assert whole_lines
    assert [entry.msgid for entry in whole_lines if not whole(texts(entry), after)] == []


@pytest.mark.django_db
def test_the_russian_pages_hold_our_texts_in_russian(now):
    pages: dict[str, list[list[str]]] = {path: [] for path in PAGES}
    for language in ("en", "ru"):
        with transaction.atomic():
            numbers = site(language)
            for path, found in pages.items():
                found.append(page_in(language, path.format(**numbers)))
            transaction.set_rollback(True)
        kept_pages.clear()
        cache.clear()
    for path, (before, after) in pages.items():
        hold_translated(before, after, PAGES[path])
        # A text that is not even marked for translation is in no catalogue.
        assert set(re.findall(r"[A-Za-z]{2,}", " ".join(after))) <= FOREIGN, path


def test_the_page_for_a_failure_is_in_russian(db):
    before, after = failure_in("en"), failure_in("ru")
    hold_translated(before, after, ("Something went wrong on our side",))
    assert not re.search(r"[A-Za-z]{2,}", " ".join(after))


@pytest.mark.django_db
def test_an_empty_site_is_in_russian(now):
    hold_translated(page_in("en", "/"), page_in("ru", "/"), ("There are no messages yet.", "Embassy"))


def test_an_english_text_on_a_russian_page_is_found():
    assert ours(["Рубрика: Skip to the content"]) == [("Skip to the content", "Рубрика: Skip to the content")]
    assert ours(["5 days have passed since пожара"])[0][0] == "{days} days have passed since %(name)s"
    assert ours(["Последние сообщения", "Latestmessages"]) == []


@pytest.mark.django_db
def test_months_stand_alone_with_a_capital_and_dates_are_genitive(now):
    make_clock()
    for month in range(1, 13):
        make_live(language="ru", date=date(2021, month, 2), title="Заглавие")
    names = ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь"]
    names.append("Декабрь")
    for month, name in enumerate(names, start=1):
        page = Client().get(f"/ru/messages/2021/{month:02}/")
        assert reading.title(page).startswith(f"{name} 2021 - ")
        assert {f"{name} 2021", "26 октября 2021"} <= set(reading.lines(page))
        assert [line.split()[0] for line in reading.lines(page) if line.split()[0] in names].count(name) == 2


# ---- what staff see -----------------------------------------------------------------------------------------------

STATEMENT = "/admin/news/statement/"
NEWSROOM = {
    "/admin/": ("Newsroom", "Counters"),
    STATEMENT: ("Draft", "Scheduled", "Live", "Withdrawn", "Removed", "state"),
    STATEMENT + "add/": ("Title", "Save draft", "Submit for approval", "Summary"),
    STATEMENT + "{submitted}/change/": ("Approve", "Return with a comment", "Comments"),
    STATEMENT + "{submitted}/approve/": ("from this minute on:", "Title"),
    STATEMENT + "{submitted}/return/": ("What is to be changed",),
    STATEMENT + "{submitted}/recall/": ("Take the submission back",),
    STATEMENT + "{submitted}/force/": ("Why it cannot wait",),
    STATEMENT + "{submitted}/previews/": ("Preview links",),
    STATEMENT + "{live}/history/": ("What was done",),
    STATEMENT + "{live}/editions/": ("Compare",),
    STATEMENT + "{scheduled}/reschedule/": ("Change the time",),
    "/admin/security/": ("Security",),
    "/admin/as-at/": ("As at",),
    "/admin/embassy/logrow/": ("from where",),
    "/admin/news/picture/": ("pictures",),
    "/admin/news/picture/add/": ("alternative text", "credit"),
    "/admin/news/document/add/": ("rights",),
    STATEMENT + "{draft}/change/": ("Discard draft", "Public from"),
    STATEMENT + "{draft}/discard/": (
        "The draft is thrown away for good, with its comments. What is or was public stays.",
    ),
    STATEMENT + "{live}/change/": ("Write a new edition", "Feature", "Withdraw", "Remove"),
    STATEMENT + "{live}/new-edition/": ("Back",),
    STATEMENT + "{live}/feature/": ("Featured until",),
    STATEMENT + "{live}/withdraw/": ("Notice to the public",),
    STATEMENT + "{live}/remove/": ("Reason for the public",),
    STATEMENT + "{scheduled}/change/": ("Take back to draft", "Scheduled %(when)s"),
    STATEMENT + "{scheduled}/take-back/": ("Back",),
    "/admin/news/category/add/": ("address",),
    "/admin/counters/counter/": ("what it says now",),
    "/admin/counters/counter/add/": ("short name", "remark", "Printed after the sentence and a dash."),
    "/admin/embassy/contactline/add/": ("label", "phone", "web address"),
    "/admin/embassy/clock/": ("time there now",),
}


@pytest.mark.django_db
def test_the_russian_newsroom_holds_our_texts_in_russian(now, administrator):
    make_clock("Москва")
    make_counter("пожара в порту", remark="ответа нет")
    text = {"title": "Заглавие", "summary": "Сказано вкратце", "body": "<p>Слова</p>", "language": "ru"}
    made = {"live": make_live(**text), "draft": make_draft(**text), "scheduled": make_scheduled(**text)}
    made["submitted"] = make_submitted(**text)
    actions.comment(made["submitted"], words="Когда?", by=None, at=NOW)
    keys = {name: edition.statement_id for name, edition in made.items()}
    client = Client()
    client.force_login(administrator)
    for path, expected in NEWSROOM.items():
        address = path.format(**keys)
        before, after = (seen(client.get(address, headers={"accept-language": code})) for code in ("en", "ru"))
        missing = [
            text
            for text in expected
            if not any(re.search(rf"(?i)(?<!\w){pattern(text)}(?!\w)", line) for line in before)
        ]
        assert missing == [], f"{path}: the English page itself lacks a text: this test would see nothing"
        assert ours(after) == [], path
        # The switch names the other language as its speakers do.
        assert ("Русский" in before, "English" in after) == (True, True), path
