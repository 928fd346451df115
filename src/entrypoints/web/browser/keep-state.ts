type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * What the reader has opened, ticked and typed in `now` is brought into `next` before it takes its place: the server knows
 * nothing of it. What is not there any more is passed over.
 */
export function keepState(now: Element, next: Element): void {
  for (const open of now.querySelectorAll('details[id]')) {
    const same = next.querySelector(`#${CSS.escape(open.id)}`);
    same?.toggleAttribute('open', (open as HTMLDetailsElement).open);
  }
  const fields = [...next.querySelectorAll<Field>('input, select, textarea')];
  for (const field of now.querySelectorAll<Field>('input, select, textarea')) {
    if (field.name === '' || field.type === 'hidden') continue;
    const same = fields.find((one) => isSame(one, field));
    if (same) keepField(field, same);
  }
}

/** The same question of the same form: ticks of one name differ by their value. */
function isSame(one: Field, other: Field): boolean {
  const isTick = other.type === 'checkbox' || other.type === 'radio';
  return (
    one.type === other.type &&
    one.name === other.name &&
    one.form?.getAttribute('action') === other.form?.getAttribute('action') &&
    (!isTick || one.value === other.value)
  );
}

function keepField(from: Field, to: Field): void {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    if (from.type === 'checkbox' || from.type === 'radio') to.toggleAttribute('checked', from.checked);
    else if (from.value !== from.defaultValue) to.setAttribute('value', from.value);
  } else if (from instanceof HTMLTextAreaElement) {
    if (from.value !== from.defaultValue) to.textContent = from.value;
  } else if (to instanceof HTMLSelectElement)
    for (const option of to.options) option.toggleAttribute('selected', option.value === from.value);
}
