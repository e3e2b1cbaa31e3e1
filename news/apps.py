"""Statements, editions and categories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Statements, editions and categories."""

    name = "news"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Name the verbs of the newsroom for the log; keep the search index up with what is approved."""
        from embassy import log
        from news.search import indexing
        from news.states import Act

        log.name_verbs(Act)
        indexing.connect()
