// Suggestions below a field of the search, in the pattern of a combobox with a list
// box: arrows choose, Enter opens, Escape closes. And the key that leads to the field.

const PAUSE = 180;

function suggest(box) {
  const field = box.querySelector("input");
  const list = box.querySelector(".suggestions");
  const status = box.querySelector("[role=status]");
  let timer = 0;
  let request = null;
  let current = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", `${list.id}-options`);

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(index) {
    const all = options();
    current = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === current)));
    if (current < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", all[current].id);
      all[current].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    current = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function show(html) {
    list.innerHTML = html; // made and escaped by the server
    list.querySelector("[role=listbox]").id = `${list.id}-options`;
    options().forEach((option, i) => (option.id = `${list.id}-${i}`));
    list.hidden = false;
    current = -1;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
    const found = options().length - 1;
    status.textContent = found === 0 ? "No suggestions." : `${found} ${found === 1 ? "suggestion" : "suggestions"}.`;
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const query = field.value.trim();
    if (query.length < 2) return close();
    try {
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: query })}`;
      const answer = await fetch(address, { signal: request.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected) return close();
      const html = await answer.text();
      if (document.activeElement === field && field.value.trim() === query) show(html);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the field works without
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      return close();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      return choose(current < 0 && step < 0 ? -1 : current + step);
    }
  });
  // Enter opens what is chosen, and else searches.
  field.form.addEventListener("submit", (event) => {
    if (list.hidden || current < 0) return;
    event.preventDefault();
    location.assign(options()[current].dataset.href);
  });
  // A press must not take the focus from the field before it is a click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

document.querySelectorAll("[data-suggest]").forEach(suggest);

// The key leads to the field of the search, or to its page where the field is hidden.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (document.cookie.split("; ").includes("keys=off") || document.querySelector("dialog[open]")) return;
  const field = [...document.querySelectorAll("[data-find]")].find((one) => one.offsetParent !== null);
  const link = document.querySelector("nav a[href='/search']");
  if (!field && !link) return;
  event.preventDefault();
  if (field) {
    field.focus();
    field.select();
  } else link.click();
});
