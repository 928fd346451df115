import { Controller } from '@hotwired/stimulus';

const switchedOff = 'envoi.keys.off';
const chordMs = 1200; // time between "g" and "d"

/**
 * The keyboard. Things name their key themselves: `data-key="s"`, `"g d"`, `"Ctrl+Enter"`, `"Escape"`. Single letters do
 * nothing while one types, and can be switched off on the device (WCAG 2.2, 2.1.4).
 */
export class Keys extends Controller<HTMLElement> {
  static override readonly targets = ['off'];
  declare readonly offTargets: HTMLInputElement[];
  private first: { key: string; until: number } | null = null;

  override connect(): void {
    document.addEventListener('keydown', this.press);
    for (const box of this.offTargets) box.checked = isOff();
  }

  override disconnect(): void {
    document.removeEventListener('keydown', this.press);
  }

  switch(event: Event): void {
    const off = (event.target as HTMLInputElement).checked;
    if (off) localStorage.setItem(switchedOff, '1');
    else localStorage.removeItem(switchedOff);
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'Enter') this.act('Ctrl+Enter', event);
      return;
    }
    if (document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') {
      if (!this.leaveField() && !document.querySelector(':popover-open')) this.act('Escape', event);
      return;
    }
    if (isTyping(event.target) || isOff()) return;
    this.letter(event);
  };

  private letter(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    const chord = this.first && performance.now() < this.first.until ? `${this.first.key} ${key}` : null;
    this.first = null;
    if (chord && this.act(chord, event)) return;
    if (this.act(key, event)) return;
    if (key === '?') document.querySelector<HTMLDialogElement>('#keys-help')?.showModal();
    else if (key === 'j' || key === 'k') this.move(key === 'j' ? 1 : -1);
    else if (key === 'x') this.row()?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    else this.first = { key, until: performance.now() + chordMs };
  }

  /** Follows or focuses the first visible thing that names this key; tells whether there was one. */
  private act(key: string, event: Event): boolean {
    const named = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)];
    const thing = named.find((each) => each.checkVisibility?.() ?? each.offsetParent !== null);
    if (!thing) return false;
    event.preventDefault();
    if (thing instanceof HTMLInputElement) thing.focus();
    else thing.click();
    return true;
  }

  private move(step: 1 | -1): void {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const here = this.row();
    const next = here ? rows[rows.indexOf(here) + step] : rows[0];
    next?.querySelector<HTMLElement>('td a[href]')?.focus();
  }

  private row(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
  }

  private leaveField(): boolean {
    const field = document.activeElement;
    if (!isTyping(field) || !(field instanceof HTMLElement)) return false;
    field.blur();
    return true;
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

function isOff(): boolean {
  try {
    return localStorage.getItem(switchedOff) !== null;
  } catch {
    return false;
  }
}
