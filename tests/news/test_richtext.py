"""What the editor's HTML keeps, what it loses, and what staff are told of it."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from news import richtext
from news.richtext import RichTextField

REL = 'rel="noopener noreferrer"'


@dataclass(frozen=True)
class Number:
    days: int = 5
    since: date = date(2021, 1, 1)
    ended_on: date | None = None


NUMBERS = {"fire": Number()}
DATA = '<data class="days" value="5" data-since="2021-01-01" data-ended="">5</data>'


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Words",
        "<p>One <strong>two</strong> <em>three</em></p>",
        "<h2>A</h2><h3>B</h3><h4>C</h4>",
        "<ul><li>A</li></ul>",
        '<ol start="3"><li>A</li></ol>',
        "<blockquote><p>A</p></blockquote>",
        '<p lang="fr" dir="rtl">A</p>',
        f'<a href="https://example.org/?a=1&amp;b=2" title="T" {REL}>A</a>',
        f'<a href="mailto:press@example.org" {REL}>A</a>',
        f'<a href="tel:+442079460000" {REL}>A</a>',
        f'<a href="/messages/" {REL}>A</a>',
        '<table><caption>C</caption><thead><tr><th scope="col">A</th></tr></thead></table>',
        '<table><tbody><tr><td colspan="2" rowspan="1">B</td></tr></tbody><tfoot></tfoot></table>',
        "<pre>  a\n  b</pre>",
        "<pre>\n\nan empty line first</pre>",
        "<p>a<br>b<sub>c</sub><sup>d</sup><s>e</s><u>f</u><code>g</code></p><hr>",
        "<p>5 &lt; 6 &amp; 7 &gt; 6 “quoted” — Ответ</p>",
        "<p>{days:fire}</p>",
    ],
)
def test_what_the_editor_offers_is_kept_and_nothing_is_reported(html):
    assert richtext.clean(html) == (html, [])


@pytest.mark.parametrize(
    ("html", "kept", "removed"),
    [
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>", ["<script>"]),
        ("<style>p{}</style><p>a</p>", "<p>a</p>", ["<style>"]),
        ("<p onclick='x'>a</p>", "<p>a</p>", ["attribute onclick"]),
        ("<p style='color:red' class=x id=y>a</p>", "<p>a</p>", ["attribute style", "attribute class", "attribute id"]),
        ("<h1>a</h1>", "a", ["<h1>"]),
        ("<p><span>a</span></p>", "<p>a</p>", ["<span>"]),
        ("<P ONCLICK=x>a</P>", "<p>a</p>", ["attribute onclick"]),
        ("<!-- note --><p>a</p>", "<p>a</p>", ["a comment"]),
        ("<img src=x onerror=alert(1)>", "", ["<img>", "attribute src", "attribute onerror"]),
        ('<a href="javascript:x">a</a>', f"<a {REL}>a</a>", ["href=“javascript:x”"]),
        ('<a href=" java&#10;script:x">a</a>', f"<a {REL}>a</a>", ["href=“ java\nscript:x”"]),
        ('<a href="data:text/html,x">a</a>', f"<a {REL}>a</a>", ["href=“data:text/html,x”"]),
        ('<blockquote cite="/x">a</blockquote>', "<blockquote>a</blockquote>", ["attribute cite"]),
        ('<a href="/x" target="_blank" rel="opener">a</a>', f'<a href="/x" {REL}>a</a>', ["attribute target"]),
        ("<p>a", "<p>a</p>", []),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b><i>b</i>", []),
        ("a</p>b", "a<p></p>b", []),
        ("<p>a<a href='", "<p>a</p>", ["<a>", "href=“”"]),
        ("<p\x00>a\x00b</p>", "<p>ab</p>", []),
        ("  <p>a</p>\n", "<p>a</p>", []),
        ("<p>a</p><p", "<p>a</p>", ["<p>"]),
    ],
)
def test_the_rest_is_removed_and_named(html, kept, removed):
    assert richtext.clean(html) == (kept, removed)


def test_a_long_address_is_named_by_its_beginning():
    assert richtext.clean(f'<a href="javascript:{"x" * 99}">a</a>').removed == [f"href=“javascript:{'x' * 29}”"]


def test_what_is_removed_twice_is_named_once():
    assert richtext.clean("<p onclick=a>x</p><p onclick=b>y</p>").removed == ["attribute onclick"]


def test_a_page_shows_the_number_in_place_of_its_token():
    assert richtext.render("<p>{days:fire} days, {days:none}</p>", NUMBERS) == f"<p>{DATA} days, –</p>"


def test_a_page_cleans_what_the_database_holds():
    assert richtext.render("<p onclick=x>a</p><script>b</script>", NUMBERS) == "<p>a</p>"


@pytest.mark.parametrize("attribute", ["title", "href", "lang"])
@pytest.mark.parametrize(
    "value",
    [
        "{days:fire}",
        "&#123;days:fire&#x7d;",
        "{days:days:fire}",
        "{days:" + "days:" * 20 + "fire}",
        "{{days:days:fire}}",
        "{days:{days:fire}}",
    ],
)
def test_a_token_in_an_attribute_is_never_filled(attribute, value):
    html = richtext.clean(f'<a {attribute}="{value}">x</a>').html
    shown = richtext.render(html, NUMBERS)
    assert "{days:" not in html
    assert shown == html


def test_a_line_is_escaped_whatever_it_claims_to_be():
    shown = '<a href="x">&amp;\' 5 {days:fire}'
    expected = f"&lt;a href=&quot;x&quot;&gt;&amp;amp;&#x27; 5 {DATA}"
    assert richtext.render_line(shown, NUMBERS) == expected
    assert richtext.render_line(SafeString(shown), NUMBERS) == expected


def test_the_field_cleans_and_tells():
    field = RichTextField(required=False)
    assert field.clean("<p onclick=x>a</p>") == "<p>a</p>"
    assert field.removed == ["attribute onclick"]
    assert field.clean("<p>a</p>") == "<p>a</p>"
    assert field.removed == []


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_the_field_takes_nothing_for_no_text(nothing):
    assert RichTextField(required=False).clean(nothing) == ""
    with pytest.raises(ValidationError, match="This field is required"):
        RichTextField().clean(nothing)


def test_the_field_refuses_a_nul():
    with pytest.raises(ValidationError, match="Null characters are not allowed"):
        RichTextField().clean("a\x00b")


def test_a_table_of_a_page_scrolls_in_a_region_that_the_keyboard_reaches():
    region = '<div class="wide" role="region" tabindex="0" aria-label="Table">'
    table = '<table lang="en"><tbody><tr><td>1</td></tr></tbody></table>'
    assert richtext.render(f"<p>a</p>{table}", NUMBERS, is_page=True) == f"<p>a</p>{region}{table}</div>"
    assert richtext.render(table, NUMBERS) == table


@pytest.mark.parametrize("value", ["<table>", "<table onmouseover=alert(1) x", "</table><img src=x onerror=y>"])
def test_what_looks_like_a_table_in_a_value_is_left_alone(value):
    html = f'<p><a href="/" title="{value}">a</a></p>'
    assert richtext.render(html, NUMBERS, is_page=True) == richtext.render(html, NUMBERS)
