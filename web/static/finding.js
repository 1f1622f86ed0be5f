// The link to a finding is copied whole, with the address of the service.
for (const button of document.querySelectorAll("[data-copy]")) {
  const link = button.parentElement.querySelector("[data-permalink]");
  const said = button.parentElement.querySelector("[data-copied]");
  if (!link || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "Your browser does not allow it: copy the link itself.";
    }
  });
}
