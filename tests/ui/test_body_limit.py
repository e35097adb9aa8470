"""A body that is too large is refused by its length, before anything reads it."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from pipcycle.body_limit import BodyLimitMiddleware

TWO_GIGABYTES = str(2 * 1024**3)
UPLOAD = "/o/harbor/metrics/uploads/"


class UnreadableBody:
    """A body that fails the test when somebody reads it."""

    def read(self, *_size: int) -> bytes:
        """Fail."""
        pytest.fail("the body was read")

    readline = read


def test_two_gigabytes_are_refused_unread_with_what_to_do() -> None:
    sent: dict[str, Any] = {"CONTENT_LENGTH": TWO_GIGABYTES, "wsgi.input": UnreadableBody()}

    answer = Client().generic("POST", UPLOAD, b"", **sent)

    assert answer.status_code == 413
    assert "Split it into several files" in answer.text
    assert f'href="{UPLOAD}"' in answer.text


@pytest.mark.parametrize("length", ["", "0", "1000", "nonsense", str(100 * 1024 * 1024)])
def test_a_usual_body_passes(length: str) -> None:
    request = RequestFactory().post(UPLOAD)
    request.META["CONTENT_LENGTH"] = length
    passed: list[str] = []

    def serve(served: HttpRequest) -> HttpResponse:
        passed.append(served.path)
        return HttpResponse()

    BodyLimitMiddleware(serve)(request)

    assert passed == [UPLOAD]
