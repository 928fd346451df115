import { confirmAddress, mailAddressCode } from '#domain/senders';
import { json, refuse, refuseFields } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { onceAround } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { codeGiven, codeMailed, codeOrder, senderShape, showSender } from '../shapes/sender.ts';

const tag = 'Senders';

const mail = defineRoute({
  method: 'post',
  path: '/senders/{id}/mail-code',
  operationId: 'mailSenderCode',
  tag,
  summary: 'Mail a code to an address that has to be proven',
  description:
    'Where a sender’s `problem` is `address_not_confirmed`, or `replyToConfirmed` is false. An older code dies; each holds for half an hour.',
  id: 'sender',
  right: 'all',
  body: { json: codeOrder },
  success: { kind: 'json', statuses: [200], schema: codeMailed },
  refusals: ['too_many_codes'],
  handle: (call) =>
    onceAround(call, async () => {
      const order = { companyId: call.companyId, senderId: call.id, part: call.body.part };
      const mailed = await mailAddressCode(call.needs.senders, {
        ...order,
        language: 'en',
        actor: 'program',
      });
      if (mailed.ok) return json({ address: mailed.address });
      if (mailed.reason === 'code_not_mailed')
        return refuseFields([{ path: '', message: `The code could not be mailed: ${mailed.answer}` }]);
      if (mailed.reason === 'dmarc_refuses') return refuseFields([{ path: '', message: dmarcRefuses }]);
      if (mailed.reason === 'no_way_to_mail')
        return refuseFields([{ path: '', message: 'No sender works yet that could mail the code.' }]);
      return refuse(mailed.reason);
    }),
});

const dmarcRefuses =
  'The domain of this address asks all servers to refuse e-mail that is not authenticated (DMARC). Use `domain` with its records, or `smtp`.';

const confirm = defineRoute({
  method: 'post',
  path: '/senders/{id}/confirm-code',
  operationId: 'confirmSenderCode',
  tag,
  summary: 'Give back the code that was mailed',
  description: 'The mailbox counts as proven for every sender of the company; validate the sender then.',
  id: 'sender',
  right: 'all',
  body: { json: codeGiven },
  success: { kind: 'json', statuses: [200], schema: senderShape },
  handle: (call) =>
    // A wrong code counts as a try: unlike other refusals it must not be undone.
    onceAround(call, async () => {
      const { part, code } = call.body;
      const order = { companyId: call.companyId, senderId: call.id, part, code, actor: 'program' } as const;
      const done = await inOwnCompany(call, (tx) =>
        confirmAddress(tx, call.needs.senders.key, order, call.now),
      );
      if (done.ok) return json(showSender(done.sender));
      if (done.reason === 'not_found') return refuse('not_found');
      return refuseFields([{ path: 'code', message: 'This is not the code, or it is too old.' }]);
    }),
});

export const senderCodeRoutes: readonly Route[] = [mail, confirm];
