import { Controller } from '@hotwired/stimulus';

/** Lists the files that were picked, with their sizes, above the button that picks them. */
export class FileField extends Controller<HTMLElement> {
  static override readonly targets = ['input'];
  declare readonly inputTarget: HTMLInputElement;

  list(): void {
    for (const old of this.element.querySelectorAll('[data-picked]')) old.remove();
    const place = this.inputTarget.closest('li');
    for (const file of this.inputTarget.files ?? []) {
      const line = document.createElement('li');
      line.dataset['picked'] = '';
      const name = document.createElement('span');
      name.textContent = file.name;
      const size = document.createElement('small');
      size.textContent = sizeOf(file.size);
      line.append(name, size);
      place?.before(line);
    }
  }
}

/** As the pages say sizes (`Format.bytes`): in steps of 1024. */
function sizeOf(bytes: number): string {
  const isBig = bytes >= 1000 * 1024;
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit: isBig ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isBig ? 1 : 0,
  }).format(bytes / (isBig ? 1024 ** 2 : 1024));
}
