"""The sentence with which a file is not taken."""


class Refused(Exception):  # noqa: N818  the newsroom's word
    """The file is not taken; the text names it and says what to do. Nothing was stored."""
