import { Controller } from '@hotwired/stimulus';

/** Has the frame around it fetched again after some seconds: for what works on while one looks. The next content decides whether it goes on. */
export class Again extends Controller<HTMLElement> {
  static override readonly values = { seconds: Number };
  declare readonly secondsValue: number;
  private timer = 0;

  override connect(): void {
    this.timer = window.setTimeout(() => this.fetch(), this.secondsValue * 1000);
  }

  override disconnect(): void {
    window.clearTimeout(this.timer);
  }

  private fetch(): void {
    const frame = this.element.closest('turbo-frame');
    if (!frame || this.element.querySelector('details[open]')) return;
    if (frame.getAttribute('src') === window.location.href)
      void (frame as unknown as { reload(): void }).reload();
    else frame.setAttribute('src', window.location.href);
  }
}
