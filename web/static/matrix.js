// The matrix of a story: more rows come as the reader nears its end, what is folded is
// loaded when it is opened, and a choice in the filter keeps the keyboard's place.

// How far before the end of the matrix the next rows are asked for.
const AHEAD = "900px";

async function load(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  return part.content;
}

// Rows are added behind the last one, so that nothing moves that is on the screen. A
// reader who asked for them by the link goes on at the first of them.
function growMatrix(box) {
  const table = box.querySelector("table");
  const pager = document.querySelector("[data-pager]");
  if (!pager) return;
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  pager.after(said);
  let busy = false;

  async function more(asked) {
    const link = pager.querySelector("[data-more]");
    if (!link || busy) return;
    busy = true;
    try {
      const part = await load(link.dataset.more);
      const groups = [...part.querySelectorAll("tbody")];
      const next = part.querySelector("[data-more]");
      table.append(...groups);
      if (next) link.replaceWith(next);
      else link.remove();
      said.textContent = `${table.querySelectorAll("[data-row]").length} findings are shown.`;
      if (asked) groups[0]?.querySelector(".row-link")?.focus();
      watch();
      document.dispatchEvent(new CustomEvent("rows"));
    } catch {
      // The link leads to the same findings on a page of their own.
      said.className = "alert";
      said.textContent = "More findings could not be loaded. Follow the link to see them.";
      link.removeAttribute("data-more");
    }
    busy = false;
  }

  pager.addEventListener("click", (event) => {
    if (!event.target.closest("[data-more]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    more(true);
  });

  // On a narrow screen the page scrolls, on others the box does.
  let observer;
  function watch() {
    observer?.disconnect();
    const root = getComputedStyle(box).overflowY === "visible" ? null : box;
    observer = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && more(false), { root, rootMargin: `0px 0px ${AHEAD} 0px` });
    const last = table.querySelector("tbody:last-of-type > tr:last-child");
    if (last && pager.querySelector("[data-more]")) observer.observe(last);
  }
  watch();
  matchMedia("(max-width: 52rem)").addEventListener("change", watch);
}

// What is folded is loaded once, when it is opened for the first time.
function loadWhenOpened(details) {
  details.addEventListener("toggle", async () => {
    const address = details.dataset.load;
    if (!details.open || !address) return;
    delete details.dataset.load;
    try {
      const part = await load(address);
      details.querySelector("[data-loaded]").replaceChildren(part.querySelector("[data-loadable]"));
    } catch {
      details.dataset.load = address; // the link inside still leads there
    }
  });
}

// The page that a choice leads to begins where the choice was made.
function keepPlace(form) {
  const key = "filter-place";
  const was = document.getElementById(sessionStorage.getItem(key) ?? "");
  sessionStorage.removeItem(key);
  if (was && form.contains(was)) was.focus({ preventScroll: true });
  form.addEventListener("change", (event) => sessionStorage.setItem(key, event.target.id));
}

document.querySelectorAll("[data-matrix]").forEach(growMatrix);
document.querySelectorAll("[data-load]").forEach(loadWhenOpened);
document.querySelectorAll("form.filter[data-autosubmit]").forEach(keepPlace);
