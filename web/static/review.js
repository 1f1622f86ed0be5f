// Keys of one letter for those who review. Each stands for a link, a button or a row
// that is on the page; without JavaScript those are there, too.

// The keys can be switched off, and rest while somebody writes or a dialog is open.
const resting = (event) =>
  document.cookie.split("; ").includes("keys=off") ||
  event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  document.querySelector("dialog[open]") !== null ||
  event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]") !== null;

// What decides is done once: a key that is held down must not decide on what comes next.
let sent = false;
addEventListener("pageshow", () => { sent = false; });

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.querySelector(".row-link"));
const rowAt = () => document.activeElement?.closest("[data-row]");

function goTo(row) {
  const link = row.querySelector(".row-link");
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "center" });
}

// step goes down or up the rows, or to the finding beside this one.
function step(by, key) {
  const all = rows();
  if (all.length === 0) return press(key);
  const at = all.indexOf(rowAt());
  goTo(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  return true;
}

// press does what a key stands for on this page.
function press(key) {
  const there = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  there?.click();
  return there !== null;
}

// decide confirms or rejects the row that the focus is in, else the finding of the
// page.
function decide(key, what) {
  const row = rowAt();
  if (row) return onRow(row, what);
  if (sent || document.querySelector(`.quick [data-key="${key}"]`) === null) return false;
  sent = true;
  return press(key);
}

// onRow decides on a row without leaving the list. What the server says is shown in
// place; where it cannot be asked, that is said and nothing has changed.
function onRow(row, what) {
  const form = document.getElementById("bulk");
  const choice = row.querySelector("[data-choose]");
  if (!form || !choice || row.ariaBusy === "true") return false;
  row.ariaBusy = "true";
  const body = new URLSearchParams({ finding: choice.value, do: what, back: form.elements.back.value, part: "1" });
  fetch(form.action, { method: "POST", body })
    .then(async (answer) => {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-done]");
      if (!page) throw new Error(`status ${answer.status}`);
      for (const tag of page.querySelectorAll("[data-state]")) {
        const id = CSS.escape(tag.dataset.state);
        for (const old of document.querySelectorAll(`[data-state="${id}"]`)) old.replaceWith(tag.cloneNode(true));
      }
      tell(page.querySelector(".notice"));
      if (answer.ok) nextOpenRow(row);
    })
    .catch(() => tell("Nothing was saved: the service did not answer. Try again."))
    .finally(() => { row.ariaBusy = "false"; });
  return true;
}

// nextOpenRow goes to the next row that nobody has decided on, or stays at the last.
function nextOpenRow(row) {
  const all = rows();
  const open = all.slice(all.indexOf(row) + 1).find((next) => next.querySelector(".state-suggested, .state-stale"));
  if (open) goTo(open);
}

// tell shows a notice beside what is being looked at, and takes the one before away.
function tell(notice) {
  document.querySelectorAll("main > .notice, .told").forEach((old) => old.remove());
  const box = document.createElement("div");
  box.className = "told";
  box.setAttribute("role", "status");
  document.getElementById("main").prepend(box);
  // A region that is there before its words is read out.
  requestAnimationFrame(() => {
    if (typeof notice === "string") {
      box.classList.add("alert");
      box.textContent = notice;
    } else if (notice) {
      notice.removeAttribute("role");
      box.append(notice);
    }
  });
}

// change goes to the form of the page; what is saved then leads to the next finding.
function change() {
  if (rowAt()) return open();
  const form = document.querySelector("[data-review]");
  if (!form) return false;
  form.querySelector("input[name=next]").value = "1";
  (form.querySelector("[name=verdict]:checked") ?? form.querySelector("[name=verdict]")).focus();
  return true;
}

function note() {
  const field = document.querySelector(".review #note");
  field?.focus();
  return field !== null;
}

function open() {
  const link = rowAt()?.querySelector(".row-link");
  link?.click();
  return Boolean(link);
}

function choose() {
  const box = rowAt()?.querySelector("[data-choose]");
  box?.click();
  return Boolean(box);
}

// undo takes back what was done last: what the notice tells of, else the last action.
function undo() {
  if (sent) return false;
  sent = true;
  if (press("u")) return true;
  if (!document.querySelector(".quick, [data-bulk]")) return false;
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/reviews/undo";
  const back = document.createElement("input");
  back.type = "hidden";
  back.name = "back";
  back.value = location.pathname + location.search;
  form.append(back);
  document.body.append(form);
  form.submit();
  return true;
}

// help shows the keys in a dialog, and the page that explains them where that fails.
async function help() {
  const before = document.activeElement;
  try {
    const answer = await fetch("/help/keys");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.createElement("dialog");
    dialog.className = "help";
    const heading = document.createElement("h2");
    heading.id = "help-heading";
    heading.textContent = "Keys";
    dialog.setAttribute("aria-labelledby", heading.id);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    const more = document.createElement("a");
    more.href = "/help/keys";
    more.textContent = "Switch the keys off or on";
    dialog.append(heading, page.getElementById("keys-table"), more, close);
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    location.assign("/help/keys");
  }
}

const keys = {
  j: () => step(1, "j"),
  k: () => step(-1, "k"),
  a: () => decide("a", "confirm"),
  r: () => decide("r", "reject"),
  c: change,
  n: note,
  o: open,
  x: choose,
  u: undo,
  "?": () => { help(); return true; },
};

document.addEventListener("keydown", (event) => {
  const does = keys[event.key];
  if (!does || resting(event)) return;
  if (event.repeat && !["j", "k"].includes(event.key)) return;
  if (does()) event.preventDefault();
});

// The bar says how many findings are chosen.
const bar = document.querySelector("[data-bulk]");
if (bar) {
  const words = bar.querySelector("[data-chosen]");
  const said = words.textContent;
  const count = () => {
    const chosen = document.querySelectorAll("[data-choose]:checked").length;
    bar.classList.toggle("bulk-on", chosen > 0);
    words.textContent = chosen > 0 ? `${chosen} chosen:` : said;
  };
  document.addEventListener("change", (event) => { if (event.target.matches("[data-choose]")) count(); });
  addEventListener("pageshow", count);
}
