"""Walking a page in a real browser: what is wrong with it at a desk and on a phone, and by the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, Response

from safeboard.foundation.access.middleware import door_of
from tests.house.live import axe_findings, width
from tests.house.synthetic import House, confirmed

DESK, PHONE = {"width": 1200, "height": 800}, {"width": 320, "height": 640}
MOST_TABS = 250
START = """() => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const free = (e) => !e.disabled && !e.closest("dialog:not([open])") && shown(e);
  const able = [...document.querySelectorAll(all)].filter(free);
  window.sbLeft = new Map(able.map((e) => [e.type === "radio" ? `radio ${e.name}` : e, e]));
  document.activeElement?.blur();
  window.sbUnseen = [];
}"""
STEP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return true;
  window.sbLeft.delete(e.type === "radio" ? `radio ${e.name}` : e);
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  const beside = e.matches(".govuk-radios__input, .govuk-checkboxes__input");
  const marked = beside || look.outlineStyle !== "none" || look.boxShadow !== "none";
  if (!marked || !box.width || !box.height) window.sbUnseen.push(e.outerHTML.slice(0, 120));
  return false;
}"""
LEFT = "() => [[...window.sbLeft.values()].map((e) => e.outerHTML.slice(0, 120)), window.sbUnseen]"


@dataclass
class Walker:
    """One browser for all pages, signed in as one role after the other."""

    browser: Browser
    address: str
    here: House
    contexts: dict[str, tuple[BrowserContext, Page]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def page(self, role: str) -> Page:
        """A window signed in as the role; signed out for ""."""
        if role not in self.contexts:
            context = self.browser.new_context(base_url=self.address, viewport=DESK, reduced_motion="reduce")  # type: ignore[arg-type]
            if role:
                cookie = confirmed(self.here.client(role)).cookies["sessionid"].value
                context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
            page = context.new_page()
            page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: self.wrong.append(str(error)))
            page.on("response", self._note)
            self.contexts[role] = (context, page)
        return self.contexts[role][1]

    def _note(self, answer: Response) -> None:
        if answer.status >= 400:
            self.wrong.append(f"{answer.status} {answer.url}")

    def close(self) -> None:
        for context, _ in self.contexts.values():
            context.close()

    def findings(self, role: str, address: str) -> list[str]:
        """Everything wrong with a page, in words; empty for a good one."""
        page = self.page(role)
        self.wrong.clear()
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(address)
        asked, reached = address.partition("?")[0], page.url.removeprefix(self.address).partition("?")[0]
        found = [] if reached == asked else [f"leads to {reached}"]
        found += [f"desk: {rule} {markup[:120]}" for rule, markup in axe_findings(page)]
        found += by_keyboard(page)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        found += [f"phone: {rule} {markup[:120]}" for rule, markup in axe_findings(page)]
        found += [f"phone: {wide} px wide"] if (wide := width(page)) > PHONE["width"] else []
        return found + self.wrong


def by_keyboard(page: Page) -> list[str]:
    """Links and controls that the Tab key does not reach, or reaches without a mark that shows where one is."""
    page.evaluate(START)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(STEP):
            break
    left, unseen = page.evaluate(LEFT)
    return [f"not reached: {each}" for each in left] + [f"no mark of focus: {each}" for each in unseen]


def routes() -> list[str]:
    """The name of every address of the house that has a door: the others are not found by anybody."""
    return sorted({name for name, view in _named(get_resolver().url_patterns, "") if door_of(view, name)})


def _named(patterns: Any, space: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _named(each.url_patterns, space + (f"{each.namespace}:" if each.namespace else ""))
        else:
            yield space + (each.name or str(each.pattern)), each.callback
