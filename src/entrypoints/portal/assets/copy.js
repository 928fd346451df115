// Shows a button beside each of the bank's numbers that copies it. Without it the numbers are marked by a click.
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = button.lastChild;
    const before = said.textContent;
    said.textContent = ` ${button.dataset.done}`;
    setTimeout(() => {
      said.textContent = before;
    }, 2000);
  });
}
