import { Controller } from '@hotwired/stimulus';

type Trix = HTMLElement & { readonly value: string; readonly editor?: { loadHTML(html: string): void } };

/**
 * Turns a textarea of plain text into an editor of rich text. Trix is fetched only where one is; without a script the textarea
 * stays. What was written in the editor is posted as `html` as soon as it differs from the text that was proposed; until then
 * the textarea speaks, and a new proposal of the server (`html` value) replaces the old one.
 */
export class RichText extends Controller<HTMLTextAreaElement> {
  static override readonly values = { html: String, own: Boolean };
  declare readonly htmlValue: string;
  declare readonly ownValue: boolean;
  private editor: Trix | null = null;
  private source: HTMLInputElement | null = null;
  /** The proposal as the editor writes it. */
  private proposed: string | null = null;

  override async connect(): Promise<void> {
    keepNonce();
    await import('trix');
    if (!this.element.isConnected || this.editor) return;
    this.source = document.createElement('input');
    this.source.type = 'hidden';
    this.source.id = `${this.element.id || 'text'}-html`;
    this.source.value = this.htmlValue;
    this.editor = document.createElement('trix-editor') as Trix;
    this.editor.setAttribute('input', this.source.id);
    const label = this.element.labels?.[0]?.textContent;
    if (label) this.editor.setAttribute('aria-label', label);
    this.editor.addEventListener('trix-initialize', () => {
      this.proposed = this.ownValue ? null : (this.editor?.value ?? null);
      this.say();
    });
    // Files go through the file field, which knows their limits.
    this.editor.addEventListener('trix-file-accept', (event) => event.preventDefault());
    this.editor.addEventListener('trix-change', () => this.changed());
    this.element.hidden = true;
    this.element.after(this.source, this.editor);
  }

  override disconnect(): void {
    const toolbar = this.editor?.previousElementSibling;
    if (toolbar?.matches('trix-toolbar')) toolbar.remove();
    this.editor?.remove();
    this.source?.remove();
    this.editor = null;
    this.element.hidden = false;
  }

  /** The server proposes another text; what a person wrote stays. */
  htmlValueChanged(html: string): void {
    if (!this.editor?.editor || this.isOwn() || this.ownValue) return;
    this.editor.editor.loadHTML(html);
    this.proposed = this.editor.value;
    this.say();
  }

  private changed(): void {
    if (!this.say()) return;
    this.element.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private isOwn(): boolean {
    return this.editor !== null && this.editor.value !== this.proposed;
  }

  /** Names the field that is posted; tells whether that, or a text of one's own, is news. */
  private say(): boolean {
    if (!this.source) return false;
    const was = this.source.name;
    this.source.name = this.isOwn() ? 'html' : '';
    return this.source.name !== '' || was !== '';
  }
}

/** The content policy in force is that of the first page; Turbo replaces the `csp-nonce` of later ones, which it does not know. */
const firstNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

function keepNonce(): void {
  if (document.querySelector('meta[name="trix-csp-nonce"]')) return;
  const meta = document.createElement('meta');
  meta.name = 'trix-csp-nonce';
  meta.content = firstNonce;
  document.head.append(meta);
}
