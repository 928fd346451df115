import { Button, Field, Form, Note, PostButton, paths, type View } from '../kit/index.ts';

export type ProofModel = {
  readonly part: 'address' | 'reply_to';
  /** The mailbox that has to be proven. */
  readonly address: string;
};

/** Takes the code that was mailed to an address of a sender, or mails another. */
export function Proof(props: { readonly view: View; readonly sender: string; readonly proof: ProofModel }) {
  const { view, sender, proof } = props;
  const { t } = view;
  return (
    <>
      <Note state="unconfirmed">{t(`senders.proof.${proof.part}`, { address: proof.address })}</Note>
      <Form view={view} action={paths.senderConfirm(sender)} class="coderow">
        <input type="hidden" name="part" value={proof.part} />
        <Field
          id={`code-${proof.part}-${sender}`}
          name="code"
          label={t('senders.proof.code')}
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          required
        />
        <p class="actions">
          <Button type="submit">{t('senders.proof.confirm')}</Button>
          <PostButton quiet action={paths.senderCode(sender)} name="part" value={proof.part}>
            {t('senders.proof.mail')}
          </PostButton>
        </p>
      </Form>
    </>
  );
}
