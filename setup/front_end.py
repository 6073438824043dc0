"""Take the front-end packages from their npm archives and strip what is not licensed to us.

GDS Transport, the crown and the crests may be used on gov.uk alone: their font faces, font families and pictures go.
Usage: python setup/front_end.py GOVUK_FOLDER MOJ_FOLDER HTMX_FOLDER (each an unpacked npm package).
"""

import re
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "safeboard" / "foundation" / "pages" / "static" / "pages" / "vendor"
TYPEFACE = '"Source Sans 3","Source Sans Pro",system-ui,sans-serif'


def stripped(css: str) -> str:
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r'"?GDS Transport"?,\s*arial,\s*sans-serif', TYPEFACE, css)
    css = re.sub(r"url\([^)]*crest[^)]*\)", "none", css)
    css = css.replace("/assets/images/", "images/")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)


def main(govuk: Path, moj: Path, htmx: Path) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    sources = ((govuk / "dist/govuk", "govuk-frontend"), (moj / "moj", "moj-frontend"))
    for folder, name in sources:
        (TARGET / f"{name}.min.css").write_text(stripped((folder / f"{name}.min.css").read_text()))
        script = (folder / f"{name}.min.js").read_text()
        (TARGET / f"{name}.min.js").write_text(re.sub(r"//# sourceMappingURL=.*", "", script))
    (TARGET / "images").mkdir(exist_ok=True)
    wanted = re.findall(r"images/([a-z-]+\.svg)", (TARGET / "moj-frontend.min.css").read_text())
    for picture in sorted(set(wanted)):
        shutil.copy(moj / "moj/assets/images" / picture, TARGET / "images" / picture)
    shutil.copy(htmx / "dist/htmx.min.js", TARGET / "htmx.min.js")


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]))
