import type { HandOver } from '#domain/network';
import type { View } from '../kit/index.ts';
import type { NetworkModel } from '../screens/document-model.ts';

const drawings: Readonly<Record<HandOver['state'], NetworkModel['state']>> = {
  waiting: 'waiting',
  delivered: 'accepted',
  accepted: 'replied',
  rejected: 'held',
  failed: 'failed',
  canceled: 'canceled',
};

/** What went to another company, and what it said. */
export function networkModel(view: View, handOver: HandOver): NetworkModel {
  const { t } = view;
  const name = handOver.name.replace(/^\w+:/, '');
  const problemKey = `reason.${handOver.problem ?? ''}`;
  return {
    company: handOver.partnerName,
    proof: t(`network.proof.${handOver.proof}`, { name }),
    state: drawings[handOver.state],
    word: t(`network.state.${handOver.state}`),
    at: handOver.decidedAt ?? handOver.deliveredAt,
    why: t.has(problemKey) ? t(problemKey, { address: handOver.partnerName, count: 0 }) : null,
    reason: handOver.reason,
  };
}
