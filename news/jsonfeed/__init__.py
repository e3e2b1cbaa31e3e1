"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): `reading` what others and we wrote, `writing` what we have."""

from news.jsonfeed.fields import BadItem
from news.jsonfeed.reading import BadFeed, Item, Problem, items, read

__all__ = ["BadFeed", "BadItem", "Item", "Problem", "items", "read"]
