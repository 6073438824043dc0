"""The mail server's address."""

import pytest

from safeboard.foundation.kernel.errors import BadInput
from safeboard.site.mail import MailServer, mail_server


def test_an_address_is_taken_apart() -> None:
    assert mail_server("smtp://board:p%40ss@mail.example:2525") == MailServer(
        "mail.example", 2525, "board", "p@ss", starts_tls=True, speaks_tls=False
    )
    assert mail_server("smtps://mail.example") == MailServer(
        "mail.example", 465, "", "", starts_tls=False, speaks_tls=True
    )
    assert mail_server("smtp://localhost:25") == MailServer("localhost", 25, "", "", starts_tls=False, speaks_tls=False)


@pytest.mark.parametrize("wrong", ["", "mail.example", "http://mail.example", "smtp://", "smtp://me:secret@host:many"])
def test_another_kind_of_address_is_refused_and_not_repeated(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        mail_server(wrong)
    assert str(refused.value) == (
        "SAFEBOARD_MAIL: SAFEBOARD_MAIL is not the address of a mail server. Found nothing; "
        "expected smtp://user:password@host:587 or smtps://user:password@host:465. "
        "Correct it, or unset it: a house that is not in production then puts its e-mails into a folder."
    )
