"""Why a whole file is refused."""

from django.utils.functional import Promise


class FileRefused(Exception):  # noqa: N818  # a refusal is an answer, no fault of ours
    """The file cannot be read as a table of people; ``message`` says why and what to do."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
