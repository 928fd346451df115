/** `data-dialog-open="id"` opens a dialog; a click on what lies behind it closes it. */
export function openDialogs(): void {
  document.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const id = target.closest<HTMLElement>('[data-dialog-open]')?.dataset['dialogOpen'];
    if (id) document.querySelector<HTMLDialogElement>(`dialog#${CSS.escape(id)}`)?.showModal();
    if (target instanceof HTMLDialogElement && isOutside(target, event)) target.close();
  });
}

function isOutside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return (
    event.clientX < box.left ||
    event.clientX > box.right ||
    event.clientY < box.top ||
    event.clientY > box.bottom
  );
}
