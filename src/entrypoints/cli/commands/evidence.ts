import { pause } from '#base/time';
import { type Client, type components, makeClient, problemSentence, Unreachable } from '#client';
import {
  type Command,
  counted,
  type Given,
  misused,
  printResult,
  refused,
  textOf,
  textsOf,
} from '../command.ts';
import { saveStream } from './save-stream.ts';
import { targetOf } from './target.ts';

type Bundle = components['schemas']['EvidenceBundle'];
type Got = { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly sentence: string };

const askAgainMs = 500;

/** The evidence files of many dispatches from a running installation: asked for, waited for, and saved as one ZIP. */
export const evidence: Command = {
  name: 'evidence',
  usage: '(--customer ID | --document ID…) [--from DAY] [--to DAY] [--out FILE.zip] [--api URL] [--key KEY]',
  summary: 'saves the evidence files of a customer, or of documents, as one ZIP with a list',
  options: {
    customer: { type: 'string' },
    document: { type: 'string', multiple: true },
    from: { type: 'string' },
    to: { type: 'string' },
    out: { type: 'string' },
    api: { type: 'string' },
    key: { type: 'string' },
  },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const target = await targetOf(given, world);
    if ('sentence' in target) return misused(world, target.sentence);
    if (!textOf(given, 'customer') && !textsOf(given, 'document'))
      return misused(world, 'Say whose: --customer ID, or --document ID.');
    const client = makeClient(target);
    try {
      const asked = await ask(client, given);
      const ready = asked.ok ? await waitFor(client, asked.bundle) : asked;
      if (!ready.ok) return refused(world, ready.sentence);
      const { bundle } = ready;
      const path = textOf(given, 'out') ?? `evidence-${bundle.id}.zip`;
      const problem = await save(client, bundle, path);
      if (problem) return refused(world, problem);
      printResult(world, isJson, { ...bundle, file: path }, [
        `${path}: the evidence of ${counted(bundle.made, 'dispatch', 'dispatches')}${bundle.failed > 0 ? `; ${bundle.failed} could not be made, its list says why` : ''}`,
      ]);
      return bundle.failed > 0 ? 1 : 0;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return refused(world, `The installation does not answer (${error.code}). Is Envoi running there?`);
    }
  },
};

async function ask(client: Client, given: Given): Promise<Got> {
  const { data, error, response } = await client.POST('/evidence-bundles', {
    body: {
      customerId: textOf(given, 'customer'),
      documentIds: textsOf(given, 'document'),
      from: textOf(given, 'from'),
      to: textOf(given, 'to'),
    },
  });
  return data ? { ok: true, bundle: data } : { ok: false, sentence: problemSentence(error, response.status) };
}

async function waitFor(client: Client, asked: Bundle): Promise<Got> {
  for (let bundle = asked; ; ) {
    if (bundle.state !== 'waiting') return { ok: true, bundle };
    await pause(askAgainMs);
    const { data, error, response } = await client.GET('/evidence-bundles/{id}', {
      params: { path: { id: asked.id } },
    });
    if (!data) return { ok: false, sentence: problemSentence(error, response.status) };
    bundle = data;
  }
}

async function save(client: Client, { id }: Bundle, path: string): Promise<string | null> {
  const { data, error, response } = await client.GET('/evidence-bundles/{id}/file', {
    params: { path: { id } },
    parseAs: 'stream',
  });
  if (!data) return problemSentence(error, response.status);
  return saveStream(data, path);
}
