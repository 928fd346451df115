/** What we use of packages that come without types. */
declare module '@hotwired/turbo' {
  export const config: {
    drive: { progressBarDelay: number };
    forms: {
      confirm: (message: string, form: HTMLFormElement, submitter: HTMLElement | null) => Promise<boolean>;
    };
  };
  export function visit(location: string | URL, options?: { action?: 'advance' | 'replace' }): void;
  export function morphElements(current: Element, next: Element): void;
}

declare module 'trix';
