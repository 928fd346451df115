import { Controller } from '@hotwired/stimulus';
import { morphElements } from '@hotwired/turbo';

const quietMs = 300; // after the last key; shorter asks for words half typed

/**
 * Keeps the right side of the send window in step with the form: posts it, debounced, and replaces the parts with the same ids.
 * "Phone" and "their page" are posted into the frame, where the server's answer has its own content policy.
 */
export class Preview extends Controller<HTMLFormElement> {
  static override readonly targets = ['frame', 'tab', 'letter'];
  static override readonly values = { url: String };
  declare readonly frameTarget: HTMLIFrameElement;
  declare readonly tabTargets: HTMLButtonElement[];
  declare readonly letterTarget: HTMLElement;
  declare readonly urlValue: string;
  private timer = 0;
  private asking: AbortController | null = null;
  private shown = 'mail';

  override connect(): void {
    for (const tab of this.tabTargets) tab.formTarget = this.frameTarget.name;
  }

  override disconnect(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
  }

  changed(event: Event): void {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), quietMs);
  }

  show(event: Event): void {
    const tab = event.currentTarget as HTMLButtonElement;
    this.shown = tab.value;
    for (const each of this.tabTargets) each.setAttribute('aria-pressed', String(each === tab));
    const isMail = this.shown === 'mail';
    this.letterTarget.hidden = !isMail;
    this.frameTarget.hidden = isMail;
    this.frameTarget.dataset['as'] = this.shown;
    if (isMail) event.preventDefault();
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const body = new FormData(this.element);
    body.delete('extra'); // files are not needed to draw the words
    body.set('as', 'parts');
    try {
      const answer = await fetch(this.urlValue, { method: 'POST', body, signal: this.asking.signal });
      if (!answer.ok) return;
      this.replace(await answer.text(), body);
    } catch {
      return; // overtaken by the next change, or offline: what stands there stays
    }
    if (this.shown !== 'mail') this.tabTargets.find((tab) => tab.value === this.shown)?.click();
  }

  private replace(html: string, asked: FormData): void {
    const parts = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[id]');
    for (const part of parts) {
      const now = this.element.querySelector(`#${CSS.escape(part.id)}`);
      if (!now) continue;
      if (isField(now) && isField(part)) refill(now, part, asked);
      else morphElements(now, part);
    }
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(element: Element): element is Field {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

/** A proposal that was not touched follows the answer; what was typed while it was on its way stays. */
function refill(now: Field, part: Field, asked: FormData): void {
  if (asked.get(now.name) !== now.value.replace(/\r?\n/g, '\r\n') && asked.get(now.name) !== now.value)
    return;
  if (now.value !== part.value) now.value = part.value;
  const html = part.dataset['richTextHtmlValue'];
  if (html !== undefined && now.dataset['richTextHtmlValue'] !== html)
    now.dataset['richTextHtmlValue'] = html;
}
