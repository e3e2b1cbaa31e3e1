"""Statements, their editions, categories, and the log of what staff did."""

from news.models.category import Category
from news.models.edition import Edition, is_counter_used
from news.models.log import LogRow
from news.models.statement import Statement

__all__ = ["Category", "Edition", "LogRow", "Statement", "is_counter_used"]
