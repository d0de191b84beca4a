"""Keeps what a person was called for, and what was said to be over."""


class Calls:
    """In the place of :class:`copytaster.newsroom.alerts.Alerts`."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []
        """(code, about) of what is not over yet"""
        self.all: list[tuple[str, str]] = []
        """(code, text) of every call"""
        self.ended: list[tuple[str, str]] = []

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        self.all.append((code, text))
        if (code, about or text) not in self.open:
            self.open.append((code, about or text))

    def over(self, code: str, about: str) -> None:
        if (code, about) in self.open:
            self.open.remove((code, about))
            self.ended.append((code, about))

    def text(self, code: str) -> str:
        """What was said at the last call of this code."""
        return [text for called, text in self.all if called == code][-1]
