// Buttons that copy a field. Without this module they stay hidden, and the field can be copied by hand.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // the other way is there over HTTPS alone
    }
    button.textContent = button.dataset.done;
  });
}
