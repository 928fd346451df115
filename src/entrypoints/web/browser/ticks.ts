import { Controller } from '@hotwired/stimulus';

/** The ticks of a list: all at once, a range with Shift, and how many. */
export class Ticks extends Controller<HTMLFormElement> {
  static override readonly targets = ['all', 'box', 'said'];
  declare readonly boxTargets: HTMLInputElement[];
  declare readonly allTarget: HTMLInputElement;
  declare readonly hasAllTarget: boolean;
  declare readonly saidTarget: HTMLElement;
  declare readonly hasSaidTarget: boolean;
  private last: HTMLInputElement | null = null;
  private shift = false;

  override connect(): void {
    this.element.addEventListener('click', this.remember, { capture: true });
    this.element.addEventListener('live:changed', this.again);
    this.say();
  }

  override disconnect(): void {
    this.element.removeEventListener('click', this.remember, { capture: true });
    this.element.removeEventListener('live:changed', this.again);
  }

  all(): void {
    for (const box of this.boxTargets) box.checked = this.allTarget.checked;
    this.say();
  }

  count(event: Event): void {
    const box = event.target as HTMLInputElement;
    if (this.shift && this.last) this.range(this.last, box);
    this.last = box;
    this.say();
  }

  clear(): void {
    setTimeout(() => this.say());
  }

  private range(from: HTMLInputElement, to: HTMLInputElement): void {
    const [a, b] = [this.boxTargets.indexOf(from), this.boxTargets.indexOf(to)].sort((x, y) => x - y);
    for (const box of this.boxTargets.slice(a, (b ?? 0) + 1)) box.checked = to.checked;
  }

  private say(): void {
    const ticked = this.boxTargets.filter((box) => box.checked).length;
    if (this.hasAllTarget) {
      this.allTarget.checked = ticked > 0 && ticked === this.boxTargets.length;
      this.allTarget.indeterminate = ticked > 0 && ticked < this.boxTargets.length;
    }
    if (!this.hasSaidTarget || ticked === 0) return;
    const { one, many } = this.saidTarget.dataset;
    this.saidTarget.textContent =
      ticked === 1 ? (one ?? '') : (many ?? '').replace('{count}', String(ticked));
  }

  private readonly again = (): void => this.say();

  private readonly remember = (event: MouseEvent): void => {
    this.shift = event.shiftKey;
  };
}
