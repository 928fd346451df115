export type Suggestion = { readonly address: string; readonly name: string | null; readonly detail?: string };

const quietMs = 150;

/** The list under an address field (ARIA combobox): asked for as one types, chosen by arrow keys and Enter, or by a click. */
export class Completion {
  private readonly list = document.createElement('ul');
  private readonly said = document.createElement('span');
  private items: readonly Suggestion[] = [];
  private at = -1;
  private timer = 0;
  private asking: AbortController | null = null;
  private readonly field: HTMLInputElement;
  private readonly url: string;
  private readonly found: string;
  private readonly take: (suggestion: Suggestion) => void;

  constructor(field: HTMLInputElement, url: string, found: string, take: (suggestion: Suggestion) => void) {
    this.field = field;
    this.url = url;
    this.found = found;
    this.take = take;
    this.list.id = `${field.id}-list`;
    this.list.className = 'completion';
    this.list.setAttribute('role', 'listbox');
    this.list.hidden = true;
    this.said.className = 'sr';
    this.said.setAttribute('role', 'status');
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', this.list.id);
    field.setAttribute('aria-expanded', 'false');
    field.after(this.list, this.said);
    field.addEventListener('input', () => this.later());
    this.list.addEventListener('pointerdown', (event) => this.click(event));
  }

  close(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.show([]);
  }

  /** Takes the keys that belong to an open list; tells whether it did. */
  press(event: KeyboardEvent): boolean {
    if (this.items.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.point((this.at + step + this.items.length) % this.items.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && this.at >= 0) this.choose(this.at);
    else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  private later(): void {
    window.clearTimeout(this.timer);
    const q = this.field.value.trim();
    if (q === '') this.show([]);
    else this.timer = window.setTimeout(() => void this.ask(q), quietMs);
  }

  private async ask(q: string): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.url}?q=${encodeURIComponent(q)}`, {
        headers: { accept: 'application/json' },
        signal: this.asking.signal,
      });
      if (answer.ok && this.field.value.trim() === q) this.show((await answer.json()) as Suggestion[]);
    } catch {
      // Overtaken by the next letter, or offline: typing goes on without a list.
    }
  }

  private show(items: readonly Suggestion[]): void {
    this.items = items.slice(0, 8);
    this.at = -1;
    this.list.replaceChildren(...this.items.map((item, at) => this.option(item, at)));
    this.list.hidden = this.items.length === 0;
    this.field.setAttribute('aria-expanded', String(this.items.length > 0));
    this.field.removeAttribute('aria-activedescendant');
    this.said.textContent =
      this.items.length > 0 ? this.found.replace('{count}', String(this.items.length)) : '';
  }

  private option(item: Suggestion, at: number): HTMLElement {
    const option = document.createElement('li');
    option.id = `${this.list.id}-${at}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    option.dataset['at'] = String(at);
    const name = document.createElement('b');
    name.textContent = item.name ?? item.address;
    const rest = document.createElement('small');
    rest.textContent = [item.name ? item.address : '', item.detail ?? ''].filter(Boolean).join(' · ');
    option.append(name, rest);
    return option;
  }

  private point(at: number): void {
    this.at = at;
    for (const [index, option] of [...this.list.children].entries())
      option.setAttribute('aria-selected', String(index === at));
    this.field.setAttribute('aria-activedescendant', `${this.list.id}-${at}`);
  }

  private choose(at: number): void {
    const item = this.items[at];
    this.close();
    if (item) this.take(item);
  }

  private click(event: Event): void {
    event.preventDefault(); // keeps the focus in the field, whose blur would take the half-typed word
    const at = (event.target as Element).closest<HTMLElement>('[data-at]')?.dataset['at'];
    if (at !== undefined) this.choose(Number(at));
  }
}
