const paths = {
  save: 'M8 1.75v8M4.5 6.5 8 10l3.5-3.5M2 11.5V14h12v-2.5',
  copy: 'M5.5 5.5v-3.75h8.75v8.75H10.5 M1.75 5.5h8.75v8.75H1.75Z',
  cross: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  leave: 'M9.5 2.5h-7v11h7 M6.5 8h8M11.5 5l3 3-3 3',
  pass: 'M2 8h11M9 4l4.25 4L9 12',
  talk: 'M2 2.5h12v8.5H8l-3.5 3v-3H2Z',
  tick: 'm2.5 8.75 3.5 3.5 7.5-8.5',
  file: 'M3 1.75h6.5L13 5.25v9H3Z M9.5 1.75v3.5H13',
} as const;

export type PortalIcon = keyof typeof paths;

/** A drawing beside a word; it says nothing that the word does not. */
export function Icon({ name }: { readonly name: PortalIcon }) {
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
