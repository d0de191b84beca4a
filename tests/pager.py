"""A person who can be called: keeps what for, and what they were told is over."""


class Pager:
    """An ``Alert`` that calls nobody. ``calls`` may be a list of the test's own."""

    def __init__(self, calls: list[tuple[str, str]] | None = None) -> None:
        self.calls = [] if calls is None else calls
        """code and text of each call"""
        self.about: list[tuple[str, str | None]] = []
        """code and about of each call"""
        self.ended: list[tuple[str, str]] = []
        """code and about of each all-clear, called for before or not"""

    def __call__(self, code: str, text: str, about: str | None = None) -> None:
        self.calls.append((code, text))
        self.about.append((code, about))

    def over(self, code: str, about: str) -> None:
        self.ended.append((code, about))

    @property
    def open(self) -> set[tuple[str, str | None]]:
        """What was called for and has had no all-clear since; only for tests in which a
        condition begins and ends once."""
        return {one for one in self.about if one not in self.ended}
