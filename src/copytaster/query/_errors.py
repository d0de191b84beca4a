"""What is raised when a query cannot be read."""


class QueryError(ValueError):
    """The text is no query; the message says where, and what would be one, in one line."""

    def __init__(self, what: str, at: int | None = None) -> None:
        place = "query" if at is None else f"query, character {at + 1}"
        super().__init__(f"{place}: {what}")
        self.what = what
        """the message without the place"""
        self.at = at
        """of which character it speaks, counted from 0; behind the last one: the end. None: of
        no one character"""
