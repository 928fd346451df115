import { Form, paths, RadioField, SaveOrCancel, Section, type View } from '../kit/index.ts';

export const senderRules = ['at_send', 'per_user', 'per_kind', 'per_template'] as const;
type Rule = (typeof senderRules)[number];

export type AddressRuleModel = {
  readonly rule: Rule;
  /** The address of the company's default sender. */
  readonly usual: string;
  /** The senders that can be assigned. */
  readonly senders: readonly { readonly id: string; readonly address: string; readonly works: boolean }[];
  /** Who or what each rule may give an address to; `name` is that of the field. */
  readonly tables: Readonly<Record<Exclude<Rule, 'at_send'>, readonly AddressRuleLine[]>>;
  /** Why the rule was refused, in words. */
  readonly error: string | null;
};

export type AddressRuleLine = {
  readonly name: string;
  readonly label: string;
  readonly senderId: string | null;
};

/** By which rule the address is chosen, and who or what has which; the table of the rule that is ticked is shown. */
export function AddressRule(props: { readonly view: View; readonly model: AddressRuleModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section id="rule" title={t('senders.rule')}>
      <Form
        view={view}
        action={paths.settingsAddressRule}
        errors={model.error ? { '': model.error } : {}}
        class="addressrule"
      >
        <RadioField
          name="rule"
          label={t('senders.rule')}
          value={model.rule}
          choices={senderRules.map((value) => ({
            value,
            text: t(`senders.rule.${value}`),
            hint: t(`senders.rule.${value}.hint`),
          }))}
        />
        {(['per_user', 'per_kind', 'per_template'] as const).map((rule) => (
          <div class="ruletable" data-rule={rule}>
            {rule === 'per_template' && model.tables[rule].length === 0 ? (
              <p class="muted">{t('senders.rule.noTemplates')}</p>
            ) : null}
            {model.tables[rule].map((line) => (
              <Line view={view} model={model} line={line} />
            ))}
          </div>
        ))}
        <SaveOrCancel view={view} back={paths.settingsSenders} />
      </Form>
    </Section>
  );
}

function Line(props: {
  readonly view: View;
  readonly model: AddressRuleModel;
  readonly line: AddressRuleLine;
}) {
  const { view, model, line } = props;
  const { t } = view;
  const chosen = model.senders.find((one) => one.id === line.senderId);
  const id = `f-${line.name}`;
  return (
    <p class="f">
      <label for={id}>{line.label}</label>
      <select id={id} name={line.name}>
        <option value="" selected={!chosen}>
          {t('senders.rule.usual', { address: model.usual })}
        </option>
        {model.senders.map((one) => (
          <option value={one.id} selected={one === chosen}>
            {one.works ? '✓' : '✗'} {one.address}
          </option>
        ))}
      </select>
      {chosen && !chosen.works ? <small class="late">{t('senders.rule.broken')}</small> : null}
    </p>
  );
}
