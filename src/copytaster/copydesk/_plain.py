"""Pages of the desk that say one thing: that something is not there, not allowed, or failed."""

from copytaster.copydesk._frame import Frame


def said(frame: Frame, title: str, sentence: str, *, back: str = "/desk") -> bytes:
    """A title, a sentence, and the way back."""
    return frame.page("said.html", title=title, sentence=sentence, back=back)
