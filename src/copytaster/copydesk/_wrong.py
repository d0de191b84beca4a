"""What is wrong with what somebody filled in: said at its field, in a sentence."""

from datetime import timedelta


class Wrong(ValueError):
    """A form cannot be done as it is: nothing was changed.

    ``field``: the one to mend; "" for the form as a whole. ``wait``: how long to wait before
    another try is looked at.
    """

    def __init__(self, field: str, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
        self.wait = wait
