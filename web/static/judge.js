// One key answers what was drawn to be judged. Keys rest while somebody types, and can be
// switched off, which the browser remembers.
function judgeByKeys(form) {
  const stored = "judge-by-keys";
  const keys = document.createElement("input");
  keys.type = "checkbox";
  keys.checked = localStorage.getItem(stored) !== "off";
  keys.addEventListener("change", () => localStorage.setItem(stored, keys.checked ? "on" : "off"));
  const label = document.createElement("label");
  label.className = "keys-switch";
  label.append(keys, "Answer with one key");
  form.append(label);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (!keys.checked || typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("select")) target.focus();
    else target.click();
  });
}

document.querySelectorAll("[data-judge]").forEach(judgeByKeys);
