import type { View } from '../kit/index.ts';

const keys = [
  ['J K', 'move'],
  ['X', 'tick'],
  ['↵', 'open'],
  ['S', 'send'],
  ['R', 'remind'],
  ['?', 'help'],
] as const;

/** The keys that work on a list, below it. */
export function KeysLine(props: { readonly view: View }) {
  return (
    <p class="keys">
      {keys.map(([shown, word]) => (
        <span>
          {shown.split(' ').map((key) => (
            <kbd>{key}</kbd>
          ))}{' '}
          {props.view.t(`kit.key.${word}`)}
        </span>
      ))}
    </p>
  );
}
