"""The errors of this room; drawn in its door's docstring."""


class InspectionError(Exception):
    """Something could not be looked at. The message is one line for the user."""


class NoAddress(InspectionError):
    """What was given names no story, no site, or no file that can be read."""


class NoAnswer(InspectionError):
    """The site gave no answer that says anything: nothing is held against it."""


class NoState(InspectionError):
    """What was kept from before cannot be gone on from."""
