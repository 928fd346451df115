import { Controller } from '@hotwired/stimulus';

/** Copies a text and says so on the button. Without a secure origin (plain http on a network) the old way is used. */
export class Copy extends Controller<HTMLElement> {
  static override readonly values = { text: String, done: String };
  static override readonly targets = ['said'];
  declare readonly textValue: string;
  declare readonly doneValue: string;
  declare readonly saidTarget: HTMLElement;
  declare readonly hasSaidTarget: boolean;

  async copy(): Promise<void> {
    const copied = navigator.clipboard ? await this.write() : copyBySelection(this.textValue);
    if (!copied || !this.hasSaidTarget) return;
    const before = this.saidTarget.textContent;
    this.saidTarget.setAttribute('role', 'status');
    this.saidTarget.textContent = this.doneValue;
    setTimeout(() => {
      this.saidTarget.textContent = before;
    }, 2000);
  }

  private async write(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.textValue);
      return true;
    } catch {
      return copyBySelection(this.textValue);
    }
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
