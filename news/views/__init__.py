"""Public pages: one file per kind of page."""

from news.views.archive import category, messages, month, year
from news.views.home import home
from news.views.statement import edition, statement

__all__ = ["category", "edition", "home", "messages", "month", "statement", "year"]
