import { ownerOf } from '#domain/accounts';
import type { Author } from '#domain/dispatch';
import type { By } from '#domain/documents';
import type { ApiTx, Call } from './call.ts';

/** Who does a thing, for facts and events: the program with its key. */
export function byKey(call: Call): By & { readonly actor: 'program'; readonly id: string } {
  return { actor: 'program', id: call.caller.id };
}

/** Who sends: the program, in the name of the company's owner, to whom answers and the duplicate go. */
export async function authorOf(tx: ApiTx, call: Call): Promise<Author> {
  const owner = await ownerOf(tx, call.companyId);
  if (!owner) throw new Error(`The company ${call.companyId} has no owner.`);
  return { ...byKey(call), name: call.caller.name, user: owner };
}
