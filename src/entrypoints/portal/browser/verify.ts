import { checkEvidence, type EvidenceReport } from '#formats/proof';

/*
 * The page /verify: checks a dropped file in this browser; nothing is sent anywhere. The words come with the page.
 */

const mostBytes = 300 * 2 ** 20;
const page = document.querySelector<HTMLElement>('[data-verify]');
const input = document.querySelector<HTMLInputElement>('#evidence');
const result = document.querySelector<HTMLElement>('#result');

if (page && input && result) {
  input.disabled = false;
  input.addEventListener('change', () => void take(input.files?.[0]));
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    page.addEventListener(kind, (event) => {
      event.preventDefault();
      page.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
      if (kind === 'drop') void take(event.dataTransfer?.files[0]);
    });
}

async function take(file: File | undefined): Promise<void> {
  if (!file || !page || !result) return;
  const words: Record<string, string> = JSON.parse(page.dataset['words'] ?? '{}');
  const say = (key: string): void =>
    result.replaceChildren(line('h2', file.name, 'bad'), line('p', words[key] ?? ''));
  result.replaceChildren(line('p', words['busy'] ?? ''));
  if (file.size > mostBytes) return say('big');
  if (file.size === 0) return say('empty');
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) return say('unread');
  const report = await checkEvidence(new Uint8Array(bytes));
  // Whatever cannot be opened at all was never one of these files, or is damaged from the start.
  if (report.broken?.step === 'container' && report.findings.length === 0 && !report.broken.file)
    return say('none');
  show(result, words, report, file.name, await isOwnRoot(report));
}

/** Whether the root in the file is that of this installation, by what it publishes. */
async function isOwnRoot({ facts }: EvidenceReport): Promise<boolean> {
  const answer = await fetch('/log/root.pem').catch(() => null);
  const text = answer?.ok ? await answer.text() : '';
  const der = Uint8Array.from(atob(text.replace(/-----[A-Z ]+-----|\s/g, '')), (one) => one.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === facts.rootSha256;
}

function show(
  into: HTMLElement,
  words: Record<string, string>,
  report: EvidenceReport,
  name: string,
  isOwn: boolean,
): void {
  const { ok, findings, broken, facts } = report;
  const list = document.createElement('ul');
  for (const { step } of findings) list.append(line('li', words[step] ?? step, 'good'));
  if (broken) {
    const step = [words['not'] ?? '', words[broken.step] ?? ''].join(' ');
    const item = line('li', broken.file ? `${step} · ${broken.file}` : step, 'bad');
    const reason = line('small', broken.reason);
    reason.lang = 'en';
    item.append(document.createElement('br'), reason);
    list.append(item);
  }
  const rows: [string, string][] = [
    ['fact.dispatch', facts.dispatchId ?? ''],
    ['fact.sealed', [facts.sealedBy, facts.sealedAt].filter(Boolean).join(' · ')],
    ['fact.stamps', facts.stamps.map((stamp) => `${stamp.at} · ${stamp.by}`).join('\n')],
    ['fact.unnamed', facts.unnamed > 0 ? String(facts.unnamed) : ''],
    ['fact.root', facts.rootSha256 ?? ''],
  ];
  const table = document.createElement('dl');
  for (const [key, value] of rows) if (value) table.append(line('dt', words[key] ?? key), line('dd', value));
  const head = line('h2', `${name}: ${words[ok ? 'good' : 'bad'] ?? ''}`, ok ? 'good' : 'bad');
  const about = line('p', words[ok ? (isOwn ? 'own' : 'foreign') : 'changed'] ?? '');
  into.replaceChildren(head, about, list, ...(ok ? [table] : []));
}

function line(kind: string, text: string, look?: string): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = text;
  if (look) element.className = look;
  return element;
}
