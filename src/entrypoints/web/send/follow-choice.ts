import { getSenderRule } from '#domain/senders';
import { fittingTemplates, type TextKind } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { WebTables } from '../needs.ts';
import type { SendForm } from './send-form.ts';

/**
 * Where texts choose the address: an address that was just chosen brings its text, and a text that was just chosen its address,
 * whatever was chosen before. With any other rule both stay as they were chosen.
 */
export async function followChoice(
  tx: Tx<WebTables>,
  companyId: string,
  form: SendForm,
  kind: TextKind,
): Promise<SendForm> {
  if (!form.touched || (await getSenderRule(tx, companyId)).rule !== 'per_template') return form;
  const fitting = await fittingTemplates(tx, companyId, { kind, purpose: form.purpose });
  const chosen = fitting.find((one) =>
    form.templateId ? one.id === form.templateId : one.isDefault && one.language === form.language,
  );
  if (form.touched === 'sender') {
    const { templateId: _left, ...rest } = form;
    const language = chosen?.language ?? form.language;
    return language === undefined ? rest : { ...rest, language };
  }
  const isTied = form.templateId !== null && chosen?.senderId;
  if (!isTied) return form;
  const { senderId: _own, senderIsOwn: _was, ...rest } = form;
  return rest;
}
