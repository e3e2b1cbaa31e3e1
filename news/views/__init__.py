"""Public pages: one file per kind of page."""

from news.views.archive import category, messages, month, year
from news.views.cards import card
from news.views.feeds import atom_feed, feeds, json_feed, rss_feed
from news.views.files import file
from news.views.home import home
from news.views.machines import news_sitemap, pages_sitemap, robots, sitemap, sitemap_part
from news.views.press import press
from news.views.preview import preview, preview_file
from news.views.register import canonical_text, register, verify
from news.views.statement import edition, statement

__all__ = [
    "atom_feed",
    "canonical_text",
    "card",
    "category",
    "edition",
    "feeds",
    "file",
    "home",
    "json_feed",
    "messages",
    "month",
    "news_sitemap",
    "pages_sitemap",
    "press",
    "preview",
    "preview_file",
    "register",
    "robots",
    "rss_feed",
    "sitemap",
    "sitemap_part",
    "statement",
    "verify",
    "year",
]
