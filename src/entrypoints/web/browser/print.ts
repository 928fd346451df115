import { Controller } from '@hotwired/stimulus';

export class Print extends Controller {
  page(): void {
    window.print();
  }
}
