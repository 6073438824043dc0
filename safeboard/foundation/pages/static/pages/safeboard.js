// Makes pages quicker and quieter; every page works without it.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { initAll as initMoj } from "./vendor/moj-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
initMoj();
document.body.addEventListener("htmx:afterSwap", (event) => initAll({ scope: event.detail.elt }));

// Hide the screen at once when somebody comes to the desk: the tab's title, too, may hold a name.
let title = document.title;
let before = null;
const curtain = document.querySelector("[data-sb-curtain]");
const blank = (hidden) => {
  if (!curtain || hidden !== curtain.hidden) return;
  if (hidden) [before, title] = [document.activeElement, document.title];
  curtain.hidden = !hidden;
  document.body.classList.toggle("sb-blanked", hidden);
  document.title = hidden ? "Safeboard" : title;
  if (hidden) curtain.querySelector("button").focus();
  else before?.focus();
};
curtain?.querySelector("button").addEventListener("click", () => blank(false));
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
if (document.querySelector("[data-sb-print-now]")) window.addEventListener("load", () => window.print());

// How long nothing was asked of the server, over all tabs of this browser.
const seen = () => localStorage.setItem("sb-seen", String(Date.now()));
const idleFor = () => (Date.now() - Number(localStorage.getItem("sb-seen"))) / 1000;
const post = (address, body) => {
  const form = body ?? new FormData();
  form.set("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
  return fetch(address, { method: "POST", body: form, redirect: "error" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    seen();
    return answer;
  });
};
seen();
document.body.addEventListener("htmx:afterRequest", seen);

// A warning before the server ends an idle session. The dialogue keeps the focus inside and gives it back.
const idle = document.querySelector("[data-sb-idle]");
if (idle) {
  const limit = Number(idle.dataset.sbIdle);
  const warning = Math.min(120, limit / 2);
  const left = idle.querySelector("[data-sb-idle-left]");
  const stay = () => post(idle.dataset.sbStay).then(() => idle.close()).catch(() => location.reload());
  idle.querySelector("[data-sb-idle-stay]").addEventListener("click", stay);
  idle.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  setInterval(() => {
    const seconds = Math.ceil(limit - idleFor());
    if (seconds <= 0) {
      location.reload();
    } else if (seconds > warning) {
      if (idle.open) idle.close();
    } else {
      const minutes = Math.ceil(seconds / 60);
      const words = seconds > 60 ? `${minutes} minutes` : seconds > 20 ? "1 minute" : "20 seconds";
      if (left.textContent !== words) left.textContent = words;
      if (!idle.open && curtain.hidden) idle.showModal();
    }
  }, 1000);
}

// A form is kept on the server while it is typed.
document.querySelectorAll("form[data-sb-draft]").forEach((form) => {
  const said = form.querySelector("[data-sb-draft-said]");
  let waiting = null;
  let sent = false;
  const keep = () => {
    waiting = null;
    if (sent) return;
    const typed = new FormData(form);
    form.querySelectorAll("input[type=file], input[type=password]").forEach((field) => typed.delete(field.name));
    post(form.dataset.sbDraft, typed)
      .then((answer) => answer.json())
      .then(({ kept }) => (said.textContent = `Draft kept at ${kept}.`))
      .catch(() => (said.textContent = "The draft could not be kept just now. It is tried again as you go on."));
  };
  form.addEventListener("input", () => (waiting ??= setTimeout(keep, Number(form.dataset.sbDraftEvery ?? 3000))));
  form.addEventListener("submit", () => (sent = true));
});
