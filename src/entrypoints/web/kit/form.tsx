import type { Child } from 'hono/jsx';
import type { View } from './view.ts';

/** What the server found wrong: field name → sentence. */
export type Errors = Readonly<Partial<Record<string, string>>>;

/** A form that posts, with its token. `errors` of fields are shown at the fields; `''` is about the whole form. */
export function Form(props: {
  readonly view: View;
  readonly action: string;
  readonly errors?: Errors;
  readonly id?: string;
  readonly class?: string;
  readonly multipart?: boolean;
  readonly data?: Readonly<Record<string, string>>;
  readonly children: Child;
}) {
  const whole = props.errors?.[''];
  return (
    <form
      id={props.id}
      class={props.class}
      method="post"
      action={props.action}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
      {...props.data}
    >
      <input type="hidden" name="csrf" value={props.view.csrf} />
      {whole ? (
        <p class="late" role="alert">
          {whole}
        </p>
      ) : null}
      {props.children}
    </form>
  );
}

type FieldFrame = {
  readonly name: string;
  readonly label: string;
  readonly hint?: Child;
  readonly errors?: Errors;
  readonly id?: string;
};

export type InputProps = FieldFrame & {
  readonly type?:
    | 'file'
    | 'text'
    | 'email'
    | 'password'
    | 'number'
    | 'date'
    | 'datetime-local'
    | 'search'
    | 'url'
    | 'tel';
  readonly value?: string | null;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly placeholder?: string;
  readonly inputmode?: 'decimal' | 'numeric' | 'email';
  readonly min?: string;
  readonly max?: string;
  readonly minlength?: number;
  readonly maxlength?: number;
  /** Id of a `datalist` of proposals. */
  readonly list?: string;
  readonly step?: string;
  readonly pattern?: string;
  readonly autofocus?: boolean;
  readonly data?: Readonly<Record<string, string>>;
};

/** A labelled input with its hint and its error under it; both are tied to it for those who do not see them. */
export function Field(props: InputProps) {
  const { name, label, hint, errors, id: _, data, value, type, ...rest } = props;
  return (
    <Framed {...props}>
      <input
        {...rest}
        {...tied(props)}
        {...data}
        name={name}
        type={type ?? 'text'}
        value={value ?? undefined}
      />
    </Framed>
  );
}

/** Several lines of text, framed like an input. */
export function TextField(
  props: FieldFrame & {
    readonly value?: string | null;
    readonly rows: number;
    readonly maxlength?: number;
    readonly required?: boolean;
  },
) {
  return (
    <Framed {...props}>
      <textarea
        {...tied(props)}
        name={props.name}
        rows={props.rows}
        maxlength={props.maxlength}
        required={props.required}
      >
        {props.value ?? ''}
      </textarea>
    </Framed>
  );
}

export type Choice = { readonly value: string; readonly text: string };

export function SelectField(
  props: FieldFrame & {
    readonly choices: readonly Choice[];
    readonly value?: string | null;
    readonly data?: Readonly<Record<string, string>>;
  },
) {
  return (
    <Framed {...props}>
      <select name={props.name} {...tied(props)} {...props.data}>
        {props.choices.map((choice) => (
          <option value={choice.value} selected={choice.value === props.value}>
            {choice.text}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** One tick with its words. `value` absent: "on". */
export function CheckField(
  props: FieldFrame & { readonly checked: boolean; readonly value?: string; readonly disabled?: boolean },
) {
  return (
    <div class="f">
      <label>
        <input
          type="checkbox"
          name={props.name}
          value={props.value}
          checked={props.checked}
          disabled={props.disabled}
          {...tied(props)}
        />
        <span>{props.label}</span>
      </label>
      <Under {...props} />
    </div>
  );
}

/** Several answers of which one holds, each with a sentence under it. */
export function RadioField(
  props: FieldFrame & {
    readonly value: string | null;
    readonly choices: readonly (Choice & { readonly hint?: Child; readonly disabled?: boolean })[];
  },
) {
  const id = idOf(props);
  return (
    <fieldset class="f radios" id={id} aria-describedby={describedBy(props)}>
      <legend>{props.label}</legend>
      {props.choices.map((choice) => (
        <label>
          <input
            type="radio"
            name={props.name}
            value={choice.value}
            checked={choice.value === props.value}
            disabled={choice.disabled}
            required
          />
          <span>
            {choice.text}
            {choice.hint ? <small>{choice.hint}</small> : null}
          </span>
        </label>
      ))}
      <Under {...props} />
    </fieldset>
  );
}

function Framed(props: FieldFrame & { readonly children?: Child }) {
  return (
    <p class="f">
      <label for={idOf(props)}>{props.label}</label>
      {props.children}
      <Under {...props} />
    </p>
  );
}

/** The hint and the error under a field, with the ids that `tied` refers to. */
function Under(props: FieldFrame) {
  const error = props.errors?.[props.name];
  return (
    <>
      {props.hint ? <small id={`${idOf(props)}-hint`}>{props.hint}</small> : null}
      {error ? (
        <small class="late" id={`${idOf(props)}-error`}>
          {error}
        </small>
      ) : null}
    </>
  );
}

/** The id and ARIA of a field: invalid when the server said so, described by its hint and error. */
function tied(field: FieldFrame) {
  return {
    id: idOf(field),
    'aria-invalid': field.errors?.[field.name] ? ('true' as const) : undefined,
    'aria-describedby': describedBy(field),
  };
}

function idOf(field: FieldFrame): string {
  return field.id ?? `f-${field.name}`;
}

function describedBy(field: FieldFrame): string | undefined {
  const ids = [
    field.hint ? `${idOf(field)}-hint` : '',
    field.errors?.[field.name] ? `${idOf(field)}-error` : '',
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
