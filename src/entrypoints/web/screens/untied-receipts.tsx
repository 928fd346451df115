import { Button, type Choice, Form, PostButton, paths, Section, type View } from '../kit/index.ts';
import { Receipt, type ReceiptModel } from './receipt.tsx';

/** Receipts that match no dispatch, and the messages that one can be of. */
export interface UntiedModel {
  readonly receipts: readonly (ReceiptModel & { readonly from: string; readonly subject: string })[];
  readonly messages: readonly Choice[];
}

/** Each receipt that matches no dispatch, to be tied to its message or set aside; nothing where none waits. */
export function UntiedReceipts(props: { readonly view: View; readonly model: UntiedModel }) {
  const { view, model } = props;
  const { t } = view;
  if (model.receipts.length === 0) return null;
  return (
    <Section id="untied" title={t('untied.title')}>
      <p>{t('untied.line')}</p>
      <ul class="deliveries untied" role="list">
        {model.receipts.map((receipt) => (
          <li>
            <span>
              {receipt.subject || t('receipt.mail')}
              <small>{receipt.from}</small>
            </span>
            <div class="receipts">
              <Receipt view={view} receipt={receipt} />
            </div>
            <Decide view={view} id={receipt.id} messages={model.messages} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Decide(props: { readonly view: View; readonly id: string; readonly messages: readonly Choice[] }) {
  const { view, id, messages } = props;
  const { t } = view;
  return (
    <div class="decide">
      {messages.length > 0 ? (
        <Form view={view} action={paths.receiptTie(id)} class="repair">
          <label class="sr" for={`of-${id}`}>
            {t('untied.of')}
          </label>
          <select id={`of-${id}`} name="message" required>
            <option value="">{t('untied.choose')}</option>
            {messages.map(({ value, text }) => (
              <option value={value}>{text}</option>
            ))}
          </select>
          <Button primary type="submit">
            {t('untied.tie')}
          </Button>
        </Form>
      ) : null}
      <PostButton quiet action={paths.receiptSetAside(id)}>
        {t('untied.setAside')}
      </PostButton>
    </div>
  );
}
