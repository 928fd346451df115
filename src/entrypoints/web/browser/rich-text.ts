import { Controller } from '@hotwired/stimulus';

/** Turns a textarea of HTML into an editor. Trix is fetched only where one is; without a script the textarea stays. */
export class RichText extends Controller<HTMLTextAreaElement> {
  private editor: HTMLElement | null = null;

  override async connect(): Promise<void> {
    keepNonce();
    await import('trix');
    if (!this.element.isConnected || this.editor) return;
    this.element.id ||= `text-${crypto.randomUUID()}`;
    this.editor = document.createElement('trix-editor');
    this.editor.setAttribute('input', this.element.id);
    const label = this.element.labels?.[0]?.textContent;
    if (label) this.editor.setAttribute('aria-label', label);
    this.element.hidden = true;
    this.element.after(this.editor);
    // Files go through the file field, which knows their limits.
    this.editor.addEventListener('trix-file-accept', (event) => event.preventDefault());
    this.editor.addEventListener('trix-change', () =>
      this.element.dispatchEvent(new Event('input', { bubbles: true })),
    );
  }

  override disconnect(): void {
    this.editor?.previousElementSibling?.matches('trix-toolbar') &&
      this.editor.previousElementSibling.remove();
    this.editor?.remove();
    this.editor = null;
    this.element.hidden = false;
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
