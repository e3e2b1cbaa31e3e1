"""HTML that means harm: whatever is sent, a page prints only what the allow-list knows, and cleaning twice is once."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import richtext
from tests.generated import examples
from tests.news.test_richtext import NUMBERS
from tests.reading import lines, tags

# Vectors from the cheat sheets of OWASP and PortSwigger, and from the fixtures of DOMPurify: foreign content, namespace
# confusion and mutation (https://cheatsheetseries.owasp.org, https://portswigger.net/web-security, cure53/DOMPurify).
VECTORS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//example.org' onmouseover=alert(1)>x</a>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<a title='\"><img src=x onerror=alert(1)>'>x</a>",
    "<a title='`onmouseover=alert(1)'>x</a>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<body onload=alert(1)><p>x</p></body>",
    "<base href='https://example.org/'><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<table background='javascript:alert(1)'><td style='background:url(javascript:alert(1))'>x</table>",
    "<img src=x onerror=alert(1)//",
    '<img """><script>alert(1)</script>"\\>',
    "<<script>alert(1)//<</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<x/onclick=alert(1)>x</x>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<p>{days:fire}<a title='{days:fire}' href='{days:fire}'>x</a></p>",
]
WRAPS = ["{}", "<p>{}</p>", "<table>{}", "<p title='{}'>x</p>", "<pre>\n{}", "<a href='/'>{}"]
SCHEMES = ("http:", "https:", "mailto:", "tel:")


class Reader(HTMLParser):
    """Collects what a page would hold that the allow-list does not know; `extra` are the elements we put in."""

    def __init__(self, extra):
        super().__init__()
        self.known = richtext.ALLOWED | extra
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        allowed = self.known.get(tag, set()) | richtext.EVERYWHERE | ({"rel"} if tag == "a" else set())
        if tag not in self.known:
            self.wrong.append(tag)
        self.wrong += [name for name, _value in attrs if name not in allowed]
        for value in (value for name, value in attrs if name == "href"):
            if ":" in value.split("/")[0] and not value.lower().startswith(SCHEMES):
                self.wrong.append(value)

    def handle_comment(self, data):
        self.wrong.append(data)

    def handle_decl(self, decl):
        self.wrong.append(decl)

    def handle_pi(self, data):
        self.wrong.append(data)


def unknown_parts(html, **extra):
    reader = Reader(extra)
    reader.feed(html)
    reader.close()
    return reader.wrong


@pytest.mark.parametrize("html", VECTORS)
def test_no_vector_leaves_anything_that_the_allow_list_does_not_know(html):
    for wrap in WRAPS:
        hostile = wrap.replace("{}", html)
        cleaned = richtext.clean(hostile).html
        assert unknown_parts(cleaned) == [], wrap
        assert richtext.clean(cleaned) == (cleaned, []), wrap
        # What came into the database past the form is cleaned for the page. No number is known: it prints a dash.
        assert richtext.render(hostile, {}) == cleaned.replace("{days:fire}", "–"), wrap


TAGS = [
    *("p", "b", "i", "a", "pre", "table", "tr", "td", "caption", "ul", "li", "h2", "blockquote", "br", "em", "ol"),
    *(
        "svg",
        "math",
        "mtext",
        "mglyph",
        "style",
        "script",
        "noscript",
        "template",
        "form",
        "button",
        "select",
        "option",
    ),
    *("textarea", "title", "div", "foreignObject", "annotation-xml", "nobr", "center", "frameset", "plaintext", "img"),
]
ATTRIBUTES = [
    *("", " onclick=x", " href='javascript:x'", " href=/x", " title='{days:fire}'", " title='</p><script>'", ' lang="'),
    *(" title='{days:days:fire}'", " title='-->'", " lang=fr", " cite=x:y", " rel=opener", "/"),
]
TEXTS = [*("x", " ", "\n", "{days:fire}", "&lt;script&gt;", "&", "<", ">", "\"'", "<!--", "-->", "]]>", "\x00", "&#0;")]
pieces = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(TEXTS),
    st.text(max_size=3),
)
documents = st.lists(pieces, max_size=24).map("".join)


@examples(150)
@given(documents)
def test_cleaning_twice_is_cleaning_once(html):
    once = richtext.clean(html).html
    assert richtext.clean(once) == (once, [])


@examples(150)
@given(documents)
def test_a_page_holds_only_what_the_allow_list_knows(html):
    # Inside of an attribute the number's element would fall apart into attributes that nobody knows.
    assert unknown_parts(richtext.render(html, NUMBERS), data={"class", "value", "data-since", "data-ended"}) == []
    on_a_page = richtext.render(html, NUMBERS, is_page=True)
    assert lines(on_a_page) == lines(richtext.render(html, NUMBERS))
    assert [tag for tag in tags(on_a_page, "div") if set(tag) != {"class", "role", "tabindex", "aria-label"}] == []


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        "<a href='",
        '<a b="',
        "</",
        "<p>x</p>",
        "<table>",
        "<b>",
        "x ",
        "<script>",
        "&amp",
        "<a\n",
        "a='",
    ],
)
def test_a_huge_text_is_cleaned_in_a_time_in_proportion(piece):
    # Where the work grows with the square of the length, these take minutes (with html.parser they did).
    assert unknown_parts(richtext.clean(piece * (100_000 // len(piece))).html) == []


def test_deep_nesting_is_cleaned():
    assert richtext.clean("<blockquote>" * 200).html == "<blockquote>" * 200 + "</blockquote>" * 200


@pytest.mark.parametrize("tag", ["blockquote", "b", "div", "table", "x-y", "svg"])
def test_what_nests_too_deep_becomes_its_own_text(tag):
    html = f"<{tag}>" * 20_000 + "words"
    assert richtext.clean(html).html == html.replace("<", "&lt;").replace(">", "&gt;")


def test_many_elements_side_by_side_are_not_deep():
    html = "<p>one<p>two<ul><li>three</ul>" * 2_000
    assert richtext.clean(html).html == "<p>one</p><p>two</p><ul><li>three</li></ul>" * 2_000
