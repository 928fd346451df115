import type { View } from '../kit/index.ts';
import type { TemplateModel } from './template-model.ts';

/** Every variable with what it says for the document shown; the values follow the document. */
export function Variables(props: { readonly view: View; readonly model: TemplateModel }) {
  return (
    <ul class="variables" role="list" id="template-variables">
      {props.model.variables.map((variable) => (
        <li>
          <button
            type="button"
            class="chip"
            data-action="variables#insert"
            data-variables-target="choice"
            data-insert={variable.insert}
            data-name={variable.name}
          >
            {variable.name}
          </button>{' '}
          <small>{variable.value ?? <i>{props.view.t('templates.variables.none')}</i>}</small>
        </li>
      ))}
    </ul>
  );
}
