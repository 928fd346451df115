import { type Client, type components, problemSentence, Unreachable } from '#client';
import { toForm } from './to-form.ts';

type Dispatch = components['schemas']['Dispatch'];
type Problem = components['schemas']['Problem'];

export type Posted =
  | { readonly ok: true; readonly dispatch: Dispatch }
  | { readonly ok: false; readonly sentence: string; readonly problem?: Problem };

/**
 * Takes a file in and sends it in one call. A call that broke off is repeated with the same idempotency key: the installation
 * does it once.
 */
export async function postDispatch(
  client: Client,
  order: {
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly dispatch: components['schemas']['DispatchOrder'];
    readonly idempotencyKey: string;
  },
): Promise<Posted> {
  try {
    const file = new File([new Uint8Array(order.bytes)], order.fileName);
    const { data, error, response } = await client.POST('/dispatches', {
      params: { header: { 'Idempotency-Key': order.idempotencyKey } },
      body: { file, dispatch: order.dispatch },
      bodySerializer: toForm,
    });
    if (data) return { ok: true, dispatch: data };
    return { ok: false, sentence: problemSentence(error, response.status), problem: error };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return {
      ok: false,
      sentence: `the installation does not answer (${error.code}). Is Envoi running there?`,
    };
  }
}
