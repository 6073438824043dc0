"""Which browser and system somebody signed in with, in plain words. What a browser says of itself is not."""

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What names each browser, in the order to look: most say that they are Chrome and Safari as well."""

SYSTEMS: Final = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)
"""What names each system, in the order to look: Android says that it is Linux as well."""


def device_in_words(user_agent: str) -> str:
    """`Firefox on Windows`. Nothing of what was sent is repeated: what is not known is said to be so."""
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "A browser")
    system = next((words for sign, words in SYSTEMS if sign in user_agent), "a system")
    known = browser != "A browser", system != "a system"
    if known == (False, False):
        return "A browser that is not known here"
    return f"{browser} on {system}" + ("" if all(known) else " that is not known here")
