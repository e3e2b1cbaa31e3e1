"""Public pages: one file per kind of page."""

from news.views.archive import category, messages, month, year
from news.views.files import file
from news.views.home import home
from news.views.preview import preview, preview_file
from news.views.statement import edition, statement

__all__ = ["category", "edition", "file", "home", "messages", "month", "preview", "preview_file", "statement", "year"]
