import { Icon, type View, When } from '../kit/index.ts';
import type { NetworkModel } from './document-model.ts';

/** What went to the inbox of another company: how it stands, and what was answered. */
export function NetworkLines(props: { readonly view: View; readonly lines: readonly NetworkModel[] }) {
  const { view, lines } = props;
  if (lines.length === 0) return null;
  return (
    <ul class="lines" role="list" aria-label={view.t('send.channels')}>
      {lines.map((line) => (
        <li data-state={line.state}>
          <Icon name={line.state} />
          <span>
            {view.t('network.line', { company: line.company, state: line.word })}
            <small>{line.why ?? line.proof}</small>
            {line.reason ? <blockquote>{line.reason}</blockquote> : null}
          </span>
          {line.at ? <When view={view} at={line.at} /> : null}
        </li>
      ))}
    </ul>
  );
}
