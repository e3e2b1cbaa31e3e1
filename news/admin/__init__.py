"""The newsroom: one file per screen."""

from news.admin.category import CategoryAdmin
from news.admin.log import LogRowAdmin
from news.admin.statement import StatementAdmin

__all__ = ["CategoryAdmin", "LogRowAdmin", "StatementAdmin"]
