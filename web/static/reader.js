// The reader of an article: claims by keyboard, and claims of selected words.

// The keys j and k go to the next and the previous claim that is marked.
function claimsByKey(text) {
  const claims = [...text.querySelectorAll(".ref a")];
  let at = -1;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    const resting = document.cookie.split("; ").includes("keys=off");
    if (typing || resting || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || claims.length === 0) return;
    const focused = claims.indexOf(document.activeElement);
    if (focused >= 0) at = focused;
    at = Math.min(Math.max(at + step, 0), claims.length - 1);
    claims[at].focus({ preventScroll: true });
    claims[at].scrollIntoView({ block: "center" });
  });
  text.addEventListener("focusin", (event) => show(event.target.closest(".ref a"), true));
  text.addEventListener("focusout", (event) => show(event.target.closest(".ref a"), false));
  function show(ref, on) {
    if (!ref) return;
    const note = ref.hash.slice("#note-".length);
    for (const part of text.querySelectorAll(`.claim[data-note="${note}"]`)) part.classList.toggle("here", on);
    const margin = on && document.getElementById(`note-${note}`)?.closest("details");
    if (margin) margin.open = true;
  }
}

// The place of a point of the page in the article's text, in code points: what is
// shown and is none of the source's words does not count.
function placeIn(words, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(words);
  range.setEnd(node, offset);
  const part = range.cloneContents();
  part.querySelectorAll(".ref").forEach((ref) => ref.remove());
  return Number(words.dataset.start) + [...part.textContent].length;
}

// The stretch of the text that is selected, if anything of it is. Where the ends lie
// in different paragraphs, the server says why that makes no claim.
function selectedStretch(text) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = [...text.querySelectorAll(".words")].filter((words) => range.intersectsNode(words));
  if (touched.length === 0) return null;
  const first = touched[0], last = touched[touched.length - 1];
  const from = first.contains(range.startContainer) ? placeIn(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
  const to = last.contains(range.endContainer)
    ? placeIn(last, range.endContainer, range.endOffset)
    : placeIn(last, last, last.childNodes.length);
  const notes = new Set([...text.querySelectorAll(".claim")].filter((c) => range.intersectsNode(c)).map((c) => c.dataset.note));
  return to > from ? { from, to, words: selection.toString().trim(), notes: [...notes] } : null;
}

// A mouse drags or follows a link in place of selecting its words. So that the words of
// claims can be selected, they are no link while the button is down, and are followed
// where nothing was selected.
function selectableLinks(text) {
  text.addEventListener("mousedown", (event) => {
    const link = event.target.closest("a.claim[href]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = link.href;
    link.removeAttribute("href");
    addEventListener("mouseup", (up) => {
      const clicked = link.contains(up.target) && getSelection().isCollapsed;
      setTimeout(() => {
        link.href = address;
        if (clicked) link.click();
      });
    }, { once: true });
  });
}

// The bar for selected words: they become a claim, or the borders of the one claim
// that they touch.
function claimOfSelection(text, bar) {
  const add = bar.querySelector("[data-selection-add]");
  const adjust = bar.querySelector("[data-selection-adjust]");
  const close = () => { bar.hidden = true; };
  function fill(form, chosen) {
    form.elements.from.value = chosen.from;
    form.elements.to.value = chosen.to;
  }
  function update() {
    if (bar.contains(document.activeElement)) return;
    const chosen = selectedStretch(text);
    if (!chosen) return close();
    bar.querySelector("[data-selection-words]").textContent = `“${chosen.words}”`;
    fill(add, chosen);
    const touched = chosen.notes.length === 1 && text.querySelector(`#note-${chosen.notes[0]}`);
    adjust.hidden = !touched;
    if (touched) {
      fill(adjust, chosen);
      adjust.action = `/claims/${touched.dataset.claim}/edit`;
      adjust.elements.seen.value = touched.dataset.seen;
      bar.querySelector("[data-selection-number]").textContent = chosen.notes[0];
    }
    bar.hidden = false;
  }
  selectableLinks(text);
  let pause;
  document.addEventListener("selectionchange", () => {
    clearTimeout(pause);
    pause = setTimeout(update, 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bar.hidden) return;
    getSelection().removeAllRanges();
    close();
  });
  bar.querySelector("[data-selection-close]").addEventListener("click", () => {
    getSelection().removeAllRanges();
    close();
  });
}

// After an edit the page loads itself again when its claims are compared, unless
// somebody is choosing words in it.
function followComparison(box, bar) {
  const events = new EventSource(box.dataset.awaited);
  events.addEventListener("done", () => {
    events.close();
    if (!bar || bar.hidden) return location.reload();
    box.querySelector("[data-awaited-words]").textContent = "The claims are compared anew.";
  });
  addEventListener("beforeunload", () => events.close());
}

const readerText = document.querySelector("[data-reader]");
const selectionBar = document.querySelector("[data-selection]");
if (readerText) claimsByKey(readerText);
if (readerText && selectionBar) claimOfSelection(readerText, selectionBar);
document.querySelectorAll("[data-awaited]").forEach((box) => followComparison(box, selectionBar));
