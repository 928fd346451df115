import type { Member, MemberLimits } from '#domain/accounts';
import { documentKinds } from '#domain/documents';
import type { Sender } from '#domain/senders';
import type { LimitsModel } from '../screens/settings-limits.tsx';
import type { PostedForm } from '../staff/read-form.ts';

/** What the form of a member shows; null for owners, who are never limited, and for accountants, who send nothing. */
export function limitsModel(member: Member, senders: readonly Sender[]): LimitsModel | null {
  if (member.role !== 'member') return null;
  const { kinds, senderIds } = member.limits;
  return {
    userId: member.userId,
    kinds: documentKinds.map((kind) => ({ kind, isAllowed: kinds?.includes(kind) ?? true })),
    senders: limitable(senders).map(({ id, address }) => ({
      id,
      address,
      isAllowed: senderIds?.includes(id) ?? true,
    })),
  };
}

/** What was ticked; everything ticked is no limit. */
export function postedLimits(form: PostedForm, senders: readonly Sender[]): MemberLimits {
  const known = limitable(senders).map(({ id }) => id);
  const kinds = documentKinds.filter((kind) => form.texts('kind').includes(kind));
  const senderIds = known.filter((id) => form.texts('sender').includes(id));
  return {
    kinds: kinds.length === documentKinds.length ? null : kinds,
    senderIds: senderIds.length === known.length ? null : senderIds,
  };
}

/** The sandbox is open to everybody. */
function limitable(senders: readonly Sender[]): readonly Sender[] {
  return senders.filter(({ method }) => method !== 'sandbox');
}
