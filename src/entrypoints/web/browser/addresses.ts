import { Controller } from '@hotwired/stimulus';
import { looksRight, splitAddresses, type Typed } from './address-text.ts';
import { Completion, type Suggestion } from './completion.ts';

type Known = { readonly address: string; readonly state: 'good' | 'bad' | 'held'; readonly why?: string };
type Words = { readonly remove: string; readonly bad: string; readonly held: string; readonly found: string };

const icons = { good: 'tick', bad: 'cross', held: 'held' } as const;
const states = { good: '', bad: 'failed', held: 'held' } as const;

/**
 * Makes tokens of the addresses in a plain input. The input that is posted stays (hidden, with the same text); what is typed
 * goes into another. Backspace in the empty field takes the last token back into it.
 */
export class Addresses extends Controller<HTMLElement> {
  static override readonly targets = ['input'];
  static override readonly values = { url: String, known: Array, words: Object };
  declare readonly inputTarget: HTMLInputElement;
  declare readonly urlValue: string;
  declare readonly knownValue: Known[];
  declare readonly wordsValue: Words;
  private typed: Typed[] = [];
  /** The input that is posted; kept, because Stimulus no longer finds targets while a page goes away. */
  private posted!: HTMLInputElement;
  private field!: HTMLInputElement;
  private completion!: Completion;

  override connect(): void {
    const posted = this.inputTarget;
    this.posted = posted;
    this.field = posted.cloneNode() as HTMLInputElement;
    posted.type = 'hidden';
    posted.removeAttribute('id');
    this.field.removeAttribute('name');
    this.field.removeAttribute('data-addresses-target');
    this.field.required = false;
    this.field.value = '';
    this.element.append(this.field);
    this.completion = new Completion(this.field, this.urlValue, this.wordsValue.found, (taken) =>
      this.take(taken),
    );
    this.typed = splitAddresses(posted.value);
    this.listen();
    this.draw();
  }

  override disconnect(): void {
    this.completion.close();
    this.field.remove();
    for (const token of this.element.querySelectorAll('.token')) token.remove();
    this.posted.type = 'text';
    this.posted.id = this.posted.name;
  }

  focus(event: Event): void {
    if (event.target === this.element) this.field.focus();
  }

  private listen(): void {
    this.field.addEventListener('keydown', (event) => this.press(event));
    this.field.addEventListener('blur', () => this.commit());
    this.field.addEventListener('input', () => {
      if (/[,;\n]/.test(this.field.value) && !/["<][^">]*$/.test(this.field.value)) this.commit();
    });
    this.field.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text') ?? '';
      if (!/[,;\n\t]/.test(text)) return;
      event.preventDefault();
      this.field.value += text;
      this.commit();
    });
  }

  private press(event: KeyboardEvent): void {
    if (this.completion.press(event)) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.commit();
    } else if (event.key === 'Backspace' && this.field.value === '') {
      const last = this.typed.pop();
      if (!last) return;
      event.preventDefault();
      this.field.value = last.text;
      this.changed();
    }
  }

  private take(suggestion: Suggestion): void {
    this.field.value = suggestion.name
      ? `"${suggestion.name.replace(/["\\]/g, '')}" <${suggestion.address}>`
      : suggestion.address;
    this.commit();
  }

  /** What stands in the field becomes tokens; an address that is there already is not doubled. */
  private commit(): void {
    const added = splitAddresses(this.field.value);
    if (added.length === 0) return;
    this.field.value = '';
    for (const each of added)
      if (!this.typed.some((known) => same(known.address, each.address))) this.typed.push(each);
    this.changed();
  }

  private changed(): void {
    this.completion.close();
    this.draw();
    this.posted.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private draw(): void {
    this.posted.value = this.typed.map((each) => each.text).join(', ');
    for (const token of this.element.querySelectorAll('.token')) token.remove();
    for (const each of this.typed) this.field.before(this.token(each));
    this.field.setAttribute('aria-invalid', String(this.typed.some((each) => this.stateOf(each) === 'bad')));
  }

  private stateOf(typed: Typed): Known['state'] {
    const known = this.knownValue.find((each) => same(each.address, typed.address));
    return known?.state ?? (looksRight(typed.address) ? 'good' : 'bad');
  }

  private token(typed: Typed): HTMLElement {
    const state = this.stateOf(typed);
    const token = document.createElement('span');
    token.className = 'token';
    if (states[state]) token.dataset['state'] = states[state];
    const why = this.knownValue.find((each) => same(each.address, typed.address))?.why;
    token.title = [typed.address, why ?? (state === 'good' ? '' : this.wordsValue[state])]
      .filter(Boolean)
      .join(': ');
    const words = document.createElement('span');
    words.textContent = typed.name ?? typed.address;
    token.append(icon(icons[state]), words, this.remover(typed));
    return token;
  }

  private remover(typed: Typed): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', this.wordsValue.remove.replace('{address}', typed.address));
    button.append(icon('cross'));
    button.addEventListener('click', () => {
      this.typed = this.typed.filter((each) => each !== typed);
      this.changed();
      this.field.focus();
    });
    return button;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function icon(name: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}
