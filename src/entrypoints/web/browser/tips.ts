import { Controller } from '@hotwired/stimulus';

/**
 * Tips open on hover and focus by CSS. This adds the tap, and Esc for those that hover or focus keeps open (WCAG 2.2, 1.4.13);
 * a tip closed by Esc stays closed until one has left it.
 */
export class Tips extends Controller<HTMLElement> {
  override connect(): void {
    this.element.addEventListener('click', this.tap);
    this.element.addEventListener('keydown', this.close);
    this.element.addEventListener('pointerover', this.forget);
  }

  override disconnect(): void {
    this.element.removeEventListener('click', this.tap);
    this.element.removeEventListener('keydown', this.close);
    this.element.removeEventListener('pointerover', this.forget);
  }

  private readonly tap = (event: Event): void => {
    const button = (event.target as Element).closest('[data-tip]');
    const tip = button?.parentElement?.querySelector('.tip') ?? null;
    for (const open of this.element.querySelectorAll('.tip[data-open]'))
      if (open !== tip && !open.contains(event.target as Node)) open.removeAttribute('data-open');
    if (tip) tip.toggleAttribute('data-open');
  };

  private readonly close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    for (const holder of this.element.querySelectorAll(
      '.has-tip:hover, .has-tip:focus-within, .has-tip:has(.tip[data-open])',
    )) {
      holder.setAttribute('data-closed', '');
      holder.querySelector('.tip')?.removeAttribute('data-open');
      event.stopImmediatePropagation();
    }
  };

  private readonly forget = (event: Event): void => {
    const here = (event.target as Element).closest('.has-tip');
    for (const holder of this.element.querySelectorAll('.has-tip[data-closed]'))
      if (holder !== here) holder.removeAttribute('data-closed');
  };
}
