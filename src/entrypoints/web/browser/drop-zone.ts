import { Controller } from '@hotwired/stimulus';
import { visit } from '@hotwired/turbo';

const atOnce = 3; // enough to fill a line, few enough to keep the progress of each visible
const longestFile = 50 * 1024 * 1024; // the server's own limit is smaller or equal and has the last word

/** What the server answers to one file. */
type Answer = {
  readonly ok: boolean;
  readonly sentence: string;
  readonly href?: string;
  readonly title?: string;
};

/** Files dropped anywhere on the page, or picked: each goes up by itself, with progress and a result line. */
export class DropZone extends Controller<HTMLElement> {
  static override readonly targets = ['form', 'zone', 'input', 'list'];
  static override readonly values = { url: String, waiting: String, broken: String, tooBig: String };
  declare readonly formTarget: HTMLFormElement;
  declare readonly zoneTarget: HTMLElement;
  declare readonly inputTarget: HTMLInputElement;
  declare readonly listTarget: HTMLElement;
  declare readonly urlValue: string;
  declare readonly waitingValue: string;
  declare readonly brokenValue: string;
  declare readonly tooBigValue: string;
  private readonly queue: { file: File; line: HTMLElement }[] = [];
  private running = 0;
  private depth = 0;

  override connect(): void {
    for (const [name, listen] of this.listeners) document.addEventListener(name, listen);
  }

  override disconnect(): void {
    for (const [name, listen] of this.listeners) document.removeEventListener(name, listen);
  }

  picked(): void {
    this.add([...(this.inputTarget.files ?? [])]);
    this.inputTarget.value = '';
  }

  private readonly listeners: readonly [string, (event: Event) => void][] = [
    ['dragenter', (event) => this.over(event as DragEvent, 1)],
    ['dragleave', (event) => this.over(event as DragEvent, -1)],
    ['dragover', (event) => hasFiles(event as DragEvent) && event.preventDefault()],
    ['drop', (event) => this.drop(event as DragEvent)],
  ];

  private over(event: DragEvent, step: number): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.depth = Math.max(0, this.depth + step);
    this.zoneTarget.toggleAttribute('data-over', this.depth > 0);
  }

  private drop(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.depth = 0;
    this.zoneTarget.removeAttribute('data-over');
    this.add([...(event.dataTransfer?.files ?? [])]);
  }

  private add(files: readonly File[]): void {
    for (const file of files) {
      const line = makeLine(file.name, this.waitingValue);
      this.listTarget.append(line);
      if (file.size > longestFile) showAnswer(line, { ok: false, sentence: this.tooBigValue });
      else this.queue.push({ file, line });
    }
    this.listTarget.scrollIntoView({ block: 'nearest' });
    this.next();
  }

  private next(): void {
    while (this.running < atOnce) {
      const job = this.queue.shift();
      if (!job) break;
      this.running++;
      void this.upload(job.file, job.line).then((answer) => {
        showAnswer(job.line, answer);
        this.running--;
        this.next();
        if (this.running === 0 && this.queue.length === 0) visit(location.href, { action: 'replace' });
      });
    }
  }

  private upload(file: File, line: HTMLElement): Promise<Answer> {
    const body = new FormData(this.formTarget);
    body.delete('file');
    body.append('file', file);
    const request = new XMLHttpRequest(); // fetch tells no upload progress
    const bar = line.querySelector('progress');
    return new Promise((resolve) => {
      request.upload.addEventListener('progress', (event) => {
        if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
      });
      request.addEventListener('load', () => resolve(readAnswer(request.responseText, this.brokenValue)));
      request.addEventListener('error', () => resolve({ ok: false, sentence: this.brokenValue }));
      request.open('POST', this.urlValue);
      request.setRequestHeader('accept', 'application/json');
      request.send(body);
    });
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function readAnswer(text: string, otherwise: string): Answer {
  try {
    const answer = JSON.parse(text) as Partial<Answer>;
    if (typeof answer.sentence === 'string')
      return { ...answer, ok: answer.ok === true, sentence: answer.sentence };
  } catch {
    // Not our answer: a proxy's page, or nothing. The sentence says what to do.
  }
  return { ok: false, sentence: otherwise };
}

function makeLine(name: string, waiting: string): HTMLElement {
  const line = document.createElement('li');
  const title = document.createElement('b');
  title.textContent = name;
  const bar = document.createElement('progress');
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  const said = document.createElement('span');
  said.textContent = waiting;
  line.append(title, bar, said);
  return line;
}

function showAnswer(line: HTMLElement, answer: Answer): void {
  line.dataset['state'] = answer.ok ? 'opened' : 'failed';
  line.querySelector('progress')?.remove();
  const said = line.querySelector('span');
  if (said) said.textContent = answer.sentence;
  if (!answer.href) return;
  const link = document.createElement('a');
  link.href = answer.href;
  link.textContent = answer.title ?? answer.href;
  line.append(link);
}
