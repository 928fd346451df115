import { Button, Form, paths, type View } from '../kit/index.ts';

/** Saves the evidence file of a dispatch, or its report alone. It is a file: Turbo must not take it for a page. */
export function EvidenceButtons(props: { readonly view: View; readonly dispatch: string }) {
  const { view, dispatch } = props;
  const { t } = view;
  const data = { 'data-turbo': 'false' };
  return (
    <Form view={view} action={paths.evidence(dispatch)} class="actions" data={data}>
      <Button type="submit" name="as" value="file" data={{ title: t('evidence.hint') }}>
        {t('message.evidence')}
      </Button>
      <Button type="submit" name="as" value="report" data={{ title: t('evidence.hint') }}>
        {t('evidence.report')}
      </Button>
    </Form>
  );
}
