const paths = {
  save: 'M8 1.75v8M4.5 6.5 8 10l3.5-3.5M2 11.5V14h12v-2.5',
  file: 'M3 1.75h6.5L13 5.25v9H3Z M9.5 1.75v3.5H13',
} as const;

/** A drawing beside a word; it says nothing that the word does not. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
