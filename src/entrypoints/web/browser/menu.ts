import { Controller } from '@hotwired/stimulus';

const hasAnchors = CSS.supports('position-area: block-end');

/** Puts a popover beside its button where the browser has no anchor positions, and moves among its items by arrow keys. */
export class Menu extends Controller<HTMLElement> {
  place(event: Event): void {
    if ((event as ToggleEvent).newState !== 'open') return;
    this.element.addEventListener('keydown', this.move);
    if (hasAnchors) return;
    const button = document
      .querySelector(`[popovertarget="${CSS.escape(this.element.id)}"]`)
      ?.getBoundingClientRect();
    if (!button) return;
    const { offsetWidth, offsetHeight, style } = this.element;
    const below = button.bottom + offsetHeight + 8 < innerHeight;
    style.setProperty('inset', 'auto');
    style.setProperty('top', `${below ? button.bottom + 4 : Math.max(8, button.top - offsetHeight - 4)}px`);
    style.setProperty(
      'left',
      `${Math.max(8, Math.min(button.right - offsetWidth, innerWidth - offsetWidth - 8))}px`,
    );
  }

  private readonly move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.element.querySelectorAll<HTMLElement>('a, button')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items.at((at + step) % items.length)?.focus();
  };
}
