import { Controller } from '@hotwired/stimulus';

type Editor = {
  getSelectedRange(): [number, number];
  setSelectedRange(range: [number, number]): void;
  getDocument(): { toString(): string };
  insertString(text: string): void;
};
type Trix = HTMLElement & { readonly editor: Editor };

/** How much of a variable may have been typed already. */
const begun = /\{\{\s*([a-z_.]*)$/;

/**
 * Puts variables into the subject or the text: by a click on one of the list, or by typing two braces, which shows those that fit (arrow
 * keys and Enter choose, Escape closes). Without a script the names are typed by hand.
 */
export class Variables extends Controller<HTMLFormElement> {
  static override readonly targets = ['field', 'choice'];
  declare readonly choiceTargets: HTMLElement[];
  private readonly list = document.createElement('ul');
  private place: HTMLElement | null = null;
  private at = 0;

  override connect(): void {
    this.list.className = 'completion';
    this.list.setAttribute('role', 'listbox');
    this.list.hidden = true;
    this.list.addEventListener('pointerdown', this.choose);
    this.element.addEventListener('focusin', this.remember);
    this.element.addEventListener('input', this.propose);
    this.element.addEventListener('trix-change', this.propose);
    this.element.addEventListener('keydown', this.press, true);
  }

  override disconnect(): void {
    this.list.remove();
    this.element.removeEventListener('focusin', this.remember);
    this.element.removeEventListener('input', this.propose);
    this.element.removeEventListener('trix-change', this.propose);
    this.element.removeEventListener('keydown', this.press, true);
  }

  /** A click in the list beside the editor. */
  insert(event: Event): void {
    const text = (event.currentTarget as HTMLElement).dataset['insert'] ?? '';
    const place = this.place ?? this.element.querySelector<HTMLElement>('trix-editor, textarea');
    if (place) put(place, text, 0);
  }

  private readonly remember = (event: Event): void => {
    const target = event.target as HTMLElement;
    if (target.matches('trix-editor, textarea#text, input#subject')) this.place = target;
  };

  private readonly propose = (event: Event): void => {
    const target = event.target as HTMLElement;
    const typed = begun.exec(beforeCaret(target))?.[1];
    if (typed === undefined || target !== this.place) {
      this.close();
      return;
    }
    const fitting = this.choiceTargets
      .filter((one) => (one.dataset['name'] ?? '').includes(typed))
      .slice(0, 8);
    this.list.replaceChildren(...fitting.map(option));
    this.list.hidden = fitting.length === 0;
    this.point(0);
    target.after(this.list);
  };

  private readonly press = (event: KeyboardEvent): void => {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.point(this.at + step);
    else if (event.key === 'Enter' || event.key === 'Tab') this.take(this.list.children[this.at]);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly choose = (event: Event): void => {
    event.preventDefault(); // keeps the caret where the variable goes
    this.take((event.target as Element).closest('[role=option]'));
  };

  private take(option: Element | null | undefined): void {
    const place = this.place;
    this.close();
    if (!place || !(option instanceof HTMLElement)) return;
    put(place, option.dataset['insert'] ?? '', begun.exec(beforeCaret(place))?.[0].length ?? 0);
  }

  private point(at: number): void {
    const { children } = this.list;
    this.at = (at + children.length) % Math.max(1, children.length);
    for (const [index, one] of [...children].entries())
      one.setAttribute('aria-selected', String(index === this.at));
  }

  private close(): void {
    this.list.hidden = true;
  }
}

function option(choice: HTMLElement): HTMLElement {
  const item = document.createElement('li');
  item.setAttribute('role', 'option');
  item.dataset['insert'] = choice.dataset['insert'] ?? '';
  const name = document.createElement('b');
  name.textContent = choice.dataset['name'] ?? '';
  const value = document.createElement('small');
  value.textContent = choice.nextElementSibling?.textContent ?? '';
  item.append(name, value);
  return item;
}

function isTrix(place: HTMLElement): place is Trix {
  return place.matches('trix-editor');
}

function beforeCaret(place: HTMLElement): string {
  if (isTrix(place)) {
    const { editor } = place;
    return editor.getDocument().toString().slice(0, editor.getSelectedRange()[0]);
  }
  if (place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement)
    return place.value.slice(0, place.selectionStart ?? 0);
  return '';
}

/** Writes `text` at the caret, in the place of the last `typed` characters. */
function put(place: HTMLElement, text: string, typed: number): void {
  if (isTrix(place)) {
    const [at] = place.editor.getSelectedRange();
    place.editor.setSelectedRange([at - typed, at]);
    place.editor.insertString(text);
  } else if (place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement) {
    const at = place.selectionStart ?? place.value.length;
    place.setRangeText(text, at - typed, at, 'end');
    place.dispatchEvent(new Event('input', { bubbles: true }));
  }
  place.focus();
}
