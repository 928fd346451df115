/** Asks with the page's own dialog before a deed that cannot be undone; the button's words are repeated on "yes". */
export function askFirst(
  message: string,
  _form: HTMLFormElement,
  submitter: HTMLElement | null,
): Promise<boolean> {
  const dialog = document.querySelector<HTMLDialogElement>('#confirm');
  const text = dialog?.querySelector('[data-confirm-text]');
  if (!dialog || !text) return Promise.resolve(window.confirm(message));
  text.textContent = message;
  const yes = dialog.querySelector<HTMLButtonElement>('[data-confirm-yes]');
  const words = submitter?.textContent?.trim();
  if (yes && words) yes.textContent = words;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
