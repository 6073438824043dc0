// Makes pages quicker and quieter; every page works without it.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { initAll as initMoj } from "./vendor/moj-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
initMoj();

const blank = (hidden) => document.body.classList.toggle("sb-blanked", hidden);
document.querySelectorAll("[data-sb-blank]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => blank(true));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") blank(false);
});
document.querySelectorAll("[data-sb-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
