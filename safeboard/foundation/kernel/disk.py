"""What a full disk says of itself."""

import errno
from typing import Final

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The errors by which a disk, a quota or a limit on files says that there is no room."""
