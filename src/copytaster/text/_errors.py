"""The errors of the text room; the tree is drawn in the package's docstring."""


class TextError(Exception):
    """Bytes or markup that cannot become a copy's words."""


class Undecodable(TextError):
    """The bytes are not text in any charset the rules allow."""


class Malformed(TextError):
    """Not well-formed, and the repair pass could not mend it.

    ``line`` counts from 1 in the decoded text, None when no line can be told.
    """

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what if line is None else f"line {line}: {what}")
        self.what = what
        self.line = line


class OverLimit(TextError):
    """Larger, deeper or wider than the limits."""
