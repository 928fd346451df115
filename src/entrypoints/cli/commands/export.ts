import { pause } from '#base/time';
import { type Client, type components, makeClient, problemSentence, Unreachable } from '#client';
import { type Command, counted, misused, printResult, refused, textOf } from '../command.ts';
import { saveStream } from './save-stream.ts';
import { targetOf } from './target.ts';

type Export = components['schemas']['CompanyExport'];
type Got = { readonly ok: true; readonly one: Export } | { readonly ok: false; readonly sentence: string };

const askAgainMs = 500;

/** Everything that a company has in a running installation: asked for, waited for, and saved as one ZIP. */
export const exportAll: Command = {
  name: 'export',
  usage: '[--out FILE.zip] [--api URL] [--key KEY]',
  summary: 'saves everything that the company has as one ZIP',
  options: { out: { type: 'string' }, api: { type: 'string' }, key: { type: 'string' } },
  words: [0, 0],
  run: async ({ given, isJson }, world) => {
    const target = await targetOf(given, world);
    if ('sentence' in target) return misused(world, target.sentence);
    const client = makeClient(target);
    try {
      const got = await makeOne(client);
      if (!got.ok) return refused(world, got.sentence);
      const { one } = got;
      const path = textOf(given, 'out') ?? `envoi-export-${one.id}.zip`;
      const problem = await save(client, one.id, path);
      if (problem) return refused(world, problem);
      const missing =
        one.missing > 0 ? `; not read: ${counted(one.missing, 'file')}, its list says which` : '';
      const line = `${path}: ${counted(one.rows, 'row')} and ${counted(one.files, 'file')}${missing}`;
      printResult(world, isJson, { ...one, file: path }, [line]);
      return one.missing > 0 ? 1 : 0;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return refused(world, `The installation does not answer (${error.code}). Is Envoi running there?`);
    }
  },
};

async function makeOne(client: Client): Promise<Got> {
  const asked = await client.POST('/exports');
  if (!asked.data) return { ok: false, sentence: problemSentence(asked.error, asked.response.status) };
  for (let one = asked.data; ; ) {
    if (one.state === 'ready') return { ok: true, one };
    if (one.state !== 'waiting')
      return { ok: false, sentence: `The export has ${one.state}. The log of the installation says why.` };
    await pause(askAgainMs);
    const { data, error, response } = await client.GET('/exports/{id}', { params: { path: { id: one.id } } });
    if (!data) return { ok: false, sentence: problemSentence(error, response.status) };
    one = data;
  }
}

async function save(client: Client, id: string, path: string): Promise<string | null> {
  const { data, error, response } = await client.GET('/exports/{id}/file', {
    params: { path: { id } },
    parseAs: 'stream',
  });
  return data ? saveStream(data as unknown as ReadableStream, path) : problemSentence(error, response.status);
}
