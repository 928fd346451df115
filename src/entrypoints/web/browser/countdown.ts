import { Controller } from '@hotwired/stimulus';
import { visit } from '@hotwired/turbo';

/** Counts the seconds to undo. It counts from what the server said was left, so a wrong clock here changes nothing. */
export class Countdown extends Controller<HTMLElement> {
  static override readonly values = { seconds: Number, text: String, next: String };
  static override readonly targets = ['said'];
  declare readonly secondsValue: number;
  declare readonly textValue: string;
  declare readonly nextValue: string;
  declare readonly saidTarget: HTMLElement;
  private timer = 0;
  private end = 0;

  override connect(): void {
    this.end = performance.now() + this.secondsValue * 1000;
    this.element.style.setProperty('--run', `${this.secondsValue}s`);
    this.timer = window.setInterval(() => this.tick(), 250);
    this.tick();
  }

  override disconnect(): void {
    window.clearInterval(this.timer);
  }

  private tick(): void {
    const left = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    this.saidTarget.textContent = this.textValue.replace('{seconds}', String(left));
    if (left > 0) return;
    window.clearInterval(this.timer);
    visit(this.nextValue, { action: 'replace' });
  }
}
