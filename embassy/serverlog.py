"""What the web server itself logs: in its own way, but without secrets (`embassy.masking`)."""

from typing import Any

from gunicorn.glogging import Logger

from embassy.masking import MaskedFormatter


class ServerLogger(Logger):  # type: ignore[misc]
    """Names addresses when a request fails and, at the level DEBUG, of every request: masked."""

    def setup(self, cfg: Any) -> None:
        """Set the server's log up with lines that hold no secret."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(MaskedFormatter(self.error_fmt, self.datefmt))
