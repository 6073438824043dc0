"""The tables of limits in docs/security.md say what the code does."""

from datetime import timedelta
from pathlib import Path

from allauth.account import app_settings as account
from allauth.mfa import app_settings as mfa
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators

from safeboard.casework.people import search_first
from safeboard.figures.exchange import workbook
from safeboard.figures.performance import accepting
from safeboard.figures.performance.forms import UploadForm
from safeboard.foundation.access import break_glass, restricting
from safeboard.foundation.access.models import BREAK_GLASS_LASTS
from safeboard.foundation.pages import drafts, exports, listing, posted_once, saved_views
from safeboard.foundation.signing_in import invitations, staff_list
from safeboard.foundation.signing_in.models import OneTaskLink
from safeboard.foundation.spreadsheets import sheets
from safeboard.site import settings as of_the_house
from safeboard.tools.actions import evidence_rules
from safeboard.tools.actions.rules import LONGEST_WAIT

SECURITY = Path(__file__).parents[2] / "docs" / "security.md"


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the one table with that first heading, by their first cell."""
    lines = [line.strip() for line in SECURITY.read_text(encoding="utf-8").splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    rows = {}
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        first, *rest = (cell.strip() for cell in line.strip("|").split("|"))
        rows[first] = rest
    return rows


def length(of: timedelta | float) -> str:
    """A time in the largest unit that fits; numbers are seconds. `1 hour` but `90 days`."""
    seconds = int(of.total_seconds() if isinstance(of, timedelta) else of)
    unit, name = next(pair for pair in ((86400, "day"), (3600, "hour"), (60, "minute")) if seconds % pair[0] == 0)
    return f"{seconds // unit:,} {name}" + ("s" if seconds != unit else "")


def megabytes(size: int) -> str:
    assert size % (1 << 20) == 0
    return f"{size >> 20:,} MB"


def shortest_password() -> int:
    found = [each.min_length for each in get_default_password_validators() if hasattr(each, "min_length")]
    assert len(found) == 1
    return int(found[0])


def test_the_table_of_limits() -> None:
    tries = OneTaskLink._meta.get_field("tries_left").default
    assert {what: how_much for what, (how_much,) in table("limit").items()} == {
        "wrong tries of a name at one address, second step included": str(settings.AXES_FAILURE_LIMIT),
        "how long the name is then locked at that address": length(timedelta(hours=settings.AXES_COOLOFF_TIME)),
        "shortest password": f"{shortest_password()} characters",
        "recovery codes, each good once": str(mfa.RECOVERY_CODE_COUNT),
        "session without a page": length(settings.IDLE_SIGN_OUT),
        "session from signing in, whatever is opened": length(settings.SESSION_COOKIE_AGE),
        "sessions of one user at once": "no limit",
        "requests a minute of one session, in each web process": str(of_the_house.REQUESTS_A_MINUTE),
        "how long it counts that somebody showed again that it is they": length(account.REAUTHENTICATION_TIMEOUT),
        "link to choose a new password": length(settings.PASSWORD_RESET_TIMEOUT),
        "invitation": length(invitations.GOOD_FOR),
        "link for one task, at most": length(LONGEST_WAIT),
        "wrong codes of a link for one task": str(tries),
        "how long a search counts before a person is added": length(search_first.GOOD_FOR),
        "break-glass": length(BREAK_GLASS_LASTS),
        "different words in its reason, at least": str(break_glass.WORDS_AT_LEAST),
        "restriction until it is reviewed": length(restricting.REVIEWED_EVERY),
        "restriction, at most": length(restricting.LONGEST),
        "rows of an export": f"{exports.MOST:,}",
        "rows of an export above which the second step is asked for again": str(exports.BIG),
        "rows of a page of a register": str(listing.PER_PAGE),
        "saved views of a register": str(saved_views.MOST),
        "draft that nobody comes back for": length(drafts.GOOD_FOR),
        "form that was opened and not sent": length(posted_once.GOOD_FOR),
        "what is sent with a form, files aside": megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        "any one file given on a page": megabytes(settings.LARGEST_UPLOAD),
    }


def test_the_table_of_uploads() -> None:
    sheet = [
        ".csv, .xlsx",
        megabytes(sheets.LARGEST),
        megabytes(sheets.LARGEST_INSIDE),
        f"{sheets.MOST_ROWS:,} rows, {sheets.MOST_COLUMNS} columns, {sheets.MOST_PARTS} parts",
    ]
    # On a page the bound of all files comes first.
    largest = min(accepting.LARGEST_BYTES, settings.LARGEST_UPLOAD)
    assert {where: cells[:4] for where, cells in table("where").items()} == {
        "present staff, to find leavers": [
            "any text in UTF-8, .xlsx",
            megabytes(staff_list.BIGGEST_FILE),
            megabytes(sheets.LARGEST_INSIDE),
            f"{sheets.MOST_COLUMNS} columns, {sheets.MOST_PARTS} parts",
        ],
        "actions from a workbook": sheet,
        "an agency's list of people": sheet,
        "evidence of an action": [
            ", ".join(sorted(evidence_rules.KINDS)),
            megabytes(evidence_rules.LARGEST),
            megabytes(evidence_rules.LARGEST_INSIDE),
            f"{evidence_rules.MOST_PARTS:,} parts",
        ],
        "returns, tables, sheets, snapshots": [
            ", ".join(sorted(accepting.KINDS)),
            megabytes(largest),
            megabytes(accepting.LARGEST_UNPACKED_BYTES),
            f"{accepting.MOST_FILES} files, {accepting.MOST_MEMBERS:,} parts, "
            f"{accepting.MOST_TIMES_PACKED} times its size, {workbook.MOST_CELLS:,} cells a worksheet",
        ],
    }
    assert f"Each file at most {megabytes(largest)}." in str(UploadForm.base_fields["given"].help_text)
