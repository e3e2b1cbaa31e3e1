"""Two texts side by side: which words went, which came. HTML comes in, plain words go out; templates escape them.

What is compared is what a reader sees (paragraphs, items, cells, the addresses of links, the words for a picture), not
the source. Whatever the input, the work is bounded: where two texts are too unlike to align, one stands for the other.
"""

from news.compare.fields import FieldChange, attachments, editions
from news.compare.rows import Part, Row, texts, words

__all__ = ["FieldChange", "Part", "Row", "attachments", "editions", "texts", "words"]
