import { LinkButton } from './button.tsx';
import { PageHead } from './head.tsx';
import { BarePage, Layout } from './layout.tsx';
import { paths } from './paths.ts';
import type { View } from './view.ts';

export type ProblemKind = 'not_found' | 'not_allowed' | 'not_in_plan' | 'stale_form' | 'too_big' | 'broken';

/**
 * What could not be shown or done, as a sentence and a next step. `reference` is the request's id, for whoever reads the log;
 * `sentence` replaces the general one when more is known.
 */
export function Problem(props: {
  readonly view: View;
  readonly kind: ProblemKind;
  readonly sentence?: string;
  readonly reference?: string;
}) {
  const { view, kind } = props;
  const { t } = view;
  const Frame = view.user === null ? BarePage : Layout;
  return (
    <Frame view={view} title={t(`problem.${kind}.title`)}>
      <PageHead title={t(`problem.${kind}.title`)} line={props.sentence ?? t(`problem.${kind}.why`)} />
      <p class="actions">
        <LinkButton primary href={view.user === null ? paths.signIn : paths.home}>
          {view.user === null ? t('problem.signIn') : t('problem.home')}
        </LinkButton>
        {view.user === null ? null : <LinkButton href={paths.documents}>{t('problem.documents')}</LinkButton>}
      </p>
      {props.reference ? <p class="muted">{t('problem.reference', { reference: props.reference })}</p> : null}
    </Frame>
  );
}
