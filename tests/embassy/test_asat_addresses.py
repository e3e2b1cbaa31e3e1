"""Which addresses of a page are kept at the instant, and that nothing else of it is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.asat import Walk
from tests.factories import DAY, NOW
from tests.generated import examples
from tests.reading import lines

THERE = "/admin/as-at/2021-10-26T21:41Z"
WALK = Walk(NOW + DAY, "press.example")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", f"{THERE}/"),
        ("/messages/?before=3&from=x#top", f"{THERE}/messages/?before=3&from=x#top"),
        ("/ru/messages/1/a-title/", f"{THERE}/ru/messages/1/a-title/"),
        ("/files/abc/plan.pdf", f"{THERE}/files/abc/plan.pdf"),
        ("http://press.example/messages/", f"http://press.example{THERE}/messages/"),
        ("https://PRESS.example", f"https://PRESS.example{THERE}/"),
        ("//press.example/messages/", f"//press.example{THERE}/messages/"),
        ("/\\evil.example/", f"{THERE}/\\evil.example/"),
        *[
            (same, same)
            for same in (
                "",
                "#content",
                "?before=3",
                "next/",
                "mailto:press@press.example",
                "tel:+442079460000",
                "javascript:alert(1)",
                "https:/messages/",
                "//evil.example/messages/",
                "https://evil.example/",
                "http://press.example.evil.example/",
                "http://[x/",
                "/static/css/base.css",
                "/admin/news/statement/",
                f"{THERE}/messages/",
                "/preview/token/",
                "/ru/preview/token/",
            )
        ],
    ],
)
def test_which_addresses_are_kept_at_the_instant(address, kept):
    assert WALK.address(address) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<a href="/">x</a>', f'<a href="{THERE}/">x</a>'),
        ("<a class='b' href='/a?b=1&amp;c=2'>", f"<a class='b' href=\"{THERE}/a?b=1&amp;c=2\">"),
        ("<A HREF=/messages/>", f'<A HREF="{THERE}/messages/">'),
        ('<form\n  action = "/m/" method="get">', f'<form\n  action="{THERE}/m/" method="get">'),
        (
            '<img src="/files/a" srcset="/files/b 1x, /files/c 2x">',
            f'<img src="{THERE}/files/a" srcset="{THERE}/files/b 1x, {THERE}/files/c 2x">',
        ),
        ('<a title="a > b" href="/x">', f'<a title="a > b" href="{THERE}/x">'),
        ("<a title='href=\"/x\"'>", "<a title='href=\"/x\"'>"),
        ('<p>href="/x" &lt;a href="/x"&gt;</p>', '<p>href="/x" &lt;a href="/x"&gt;</p>'),
        ('<!-- <a href="/x"> -->', '<!-- <a href="/x"> -->'),
        ('<a href="/&quot;&gt;x">', f'<a href="{THERE}/&quot;&gt;x">'),
        ('<data class="days" value="/x">', '<data class="days" value="/x">'),
        ('<header class="h" data-at="2021">', '<header class="h" data-as-at="2021">'),
        ('<p data-at="2021">', '<p data-at="2021">'),
    ],
)
def test_what_is_changed_in_a_page(html, kept):
    assert WALK.page(html) == kept


@examples(300)
@given(st.text(st.sampled_from("<>\"'= /ahrefscdi!-&;?#\n"), max_size=60))
def test_nothing_is_lost_of_any_html(html):
    kept = WALK.page(html)
    assert lines(kept) == lines(html)
    assert len(kept) >= len(html)
