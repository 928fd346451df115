import { floors } from '../floors.mjs';
import { readHouse } from '../test/read-house.ts';

type Edge = { readonly from: string; readonly to: string };

/**
 * The house as a Mermaid flowchart: a box for each storey, in it the folders that have code, and an arrow to what a folder
 * uses. Arrows between storeys join the boxes; arrows that follow from others are left out.
 */
export function drawFloors(root: string): string {
  const imports = readHouse(root).imports.filter(({ from }) => !/\.test\.tsx?$/.test(from));
  const used = imports.map(({ from, to }) => ({ from: floorOf(from), to: floorOf(to) }));
  const edges = used.filter(
    (edge): edge is Edge => edge.from !== null && edge.to !== null && edge.from !== edge.to,
  );
  const inhabited = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const storeys = [...new Set(floors.map(storeyOf))].reverse();
  const lines = storeys.flatMap((storey) => drawStorey(storey, inhabited));
  const between = edges.map(({ from, to }) => ({ from: storeyOf(from), to: storeyOf(to) }));
  const within = edges.filter(({ from, to }) => storeyOf(from) === storeyOf(to));
  const arrows = [...necessary(between), ...necessary(within)].map(
    ({ from, to }) => `  ${id(from)} --> ${id(to)}`,
  );
  return ['```mermaid', 'flowchart TB', ...lines, ...arrows, '```'].join('\n');
}

function drawStorey(storey: string, inhabited: ReadonlySet<string>): string[] {
  const rooms = floors.filter((floor) => storeyOf(floor) === storey && inhabited.has(floor));
  if (rooms.length === 0) return [];
  if (rooms[0] === `src/${storey}`) return [`  ${id(storey)}[${storey}]`];
  return [
    `  subgraph ${id(storey)}[${storey}]`,
    ...rooms.map((floor) => `    ${id(floor)}[${floor.split('/').at(-1)}]`),
    '  end',
  ];
}

/** Each arrow once, without those that a longer way also says: of a → b → c and a → c, the last is left out. */
function necessary(all: readonly Edge[]): Edge[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of all) {
    if (from !== to) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const reaches = (from: string, to: string): boolean => {
    const next = targets.get(from) ?? new Set();
    return next.has(to) || [...next].some((step) => reaches(step, to));
  };
  return [...targets]
    .flatMap(([from, tos]) =>
      [...tos].map((to) => ({ from, to, others: [...tos].filter((other) => other !== to) })),
    )
    .filter(({ to, others }) => !others.some((other) => reaches(other, to)))
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`, 'en'));
}

function floorOf(path: string): string | null {
  return floors.find((floor) => path === floor || path.startsWith(`${floor}/`)) ?? null;
}

/** The storey of a floor: `domain` for `src/domain/outbox`. */
function storeyOf(floor: string): string {
  return floor.split('/')[1] ?? floor;
}

function id(name: string): string {
  return name.replace(/^src\//, '').replace(/[^a-z]+/g, '_');
}
