import { Button, LinkButton } from './button.tsx';
import type { View } from './view.ts';

/** The end of a form that changes something: save, or go back without. */
export function SaveOrCancel(props: { readonly view: View; readonly back: string; readonly save?: string }) {
  const { t } = props.view;
  return (
    <p class="actions">
      <Button primary type="submit">
        {props.save ?? t('kit.save')}
      </Button>
      <LinkButton quiet href={props.back}>
        {t('kit.cancel')}
      </LinkButton>
    </p>
  );
}
