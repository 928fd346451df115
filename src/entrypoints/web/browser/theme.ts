import { Controller } from '@hotwired/stimulus';

const order = { auto: 'light', light: 'dark', dark: 'auto' } as const;
type ThemeName = keyof typeof order;

/** Changes over between light, dark and the machine's own, at once; the cookie lets the server draw it right next time. */
export class Theme extends Controller<HTMLFormElement> {
  static override readonly targets = ['button'];
  declare readonly buttonTarget: HTMLButtonElement;

  next(event: Event): void {
    event.preventDefault();
    const theme = this.buttonTarget.value as ThemeName;
    const root = document.documentElement;
    if (theme === 'auto') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    // The Cookie Store API is not in every browser that we serve.
    // biome-ignore lint/suspicious/noDocumentCookie: the only way that works everywhere
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    const labels = JSON.parse(this.buttonTarget.dataset['labels'] ?? '{}') as Record<string, string>;
    this.buttonTarget.value = order[theme];
    this.buttonTarget.title = labels[theme] ?? '';
    this.buttonTarget.setAttribute('aria-label', labels[theme] ?? '');
  }
}
