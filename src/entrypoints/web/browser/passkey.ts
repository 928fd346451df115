import { Controller } from '@hotwired/stimulus';
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

/**
 * Makes a key on this device, or signs in with one: fetches the server's question, lets the device answer it, and sends the form with the
 * answer. A form for signing in stays hidden where the browser knows no keys.
 */
export class Passkey extends Controller<HTMLFormElement> {
  static override readonly values = { ask: String, stopped: String };
  static override readonly targets = ['answer', 'said'];
  declare readonly askValue: string;
  declare readonly stoppedValue: string;
  declare readonly answerTarget: HTMLInputElement;
  declare readonly saidTarget: HTMLElement;

  override connect(): void {
    if (browserSupportsWebAuthn()) this.element.hidden = false;
  }

  make(event: Event): Promise<void> {
    return this.answer(event, (question) =>
      startRegistration({ optionsJSON: question as PublicKeyCredentialCreationOptionsJSON }),
    );
  }

  use(event: Event): Promise<void> {
    return this.answer(event, (question) =>
      startAuthentication({ optionsJSON: question as PublicKeyCredentialRequestOptionsJSON }),
    );
  }

  private async answer(event: Event, ask: (question: unknown) => Promise<unknown>): Promise<void> {
    if (this.answerTarget.value !== '') return; // answered: the form goes out
    event.preventDefault();
    this.saidTarget.hidden = true;
    try {
      const token = new FormData(this.element).get('csrf');
      const asked = await fetch(this.askValue, {
        method: 'POST',
        headers: { 'x-csrf-token': typeof token === 'string' ? token : '' },
      });
      if (!asked.ok) throw new Error(`The server answered ${asked.status}.`);
      this.answerTarget.value = JSON.stringify(await ask(await asked.json()));
      this.element.requestSubmit();
    } catch {
      // Browsers do not say why: the person may have closed the window, or the device has no such key.
      this.saidTarget.textContent = this.stoppedValue;
      this.saidTarget.hidden = false;
    }
  }
}
