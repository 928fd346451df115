import type { Child } from 'hono/jsx';

/** Names and values in a grid; a fact without a value is left out unless it says what is missing. */
export function Facts(props: { readonly facts: readonly (readonly [name: string, value: Child] | null)[] }) {
  return (
    <dl class="facts">
      {props.facts.map((fact) =>
        fact === null ? null : (
          <div>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
