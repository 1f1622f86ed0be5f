// What pages gain where JavaScript runs. Each part stands alone and each page
// works without it.

// The progress of an analysis: the server tells each step, and the page is
// loaded again when the analysis has ended.
function followProgress(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-progress-words]");
  const events = new EventSource(box.dataset.events);
  events.addEventListener("progress", (event) => {
    const step = JSON.parse(event.data);
    bar.max = Math.max(step.total, 1);
    bar.value = step.done;
    words.textContent = `${step.done} of ${step.total} ${box.dataset.unit ?? "steps"}`;
  });
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
  // Whoever leaves the page must not be called back by its reload.
  addEventListener("beforeunload", () => events.close());
}

// A filter is applied as soon as it is changed; the button stays for those who
// want it.
function submitOnChange(form) {
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.value === "" || field.value === "0") field.disabled = true;
    }
  });
}

// Times are shown in the reader's zone; as they were written they stay on hover.
function localTimes() {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[data-local]")) {
    time.title = time.textContent.trim();
    time.textContent = format.format(new Date(time.dateTime));
  }
}

document.querySelectorAll("[data-events]").forEach(followProgress);
document.querySelectorAll("[data-autosubmit]").forEach(submitOnChange);
localTimes();
