import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const dockerfile = read('docker/Dockerfile').replaceAll('\\\n', ' ');
const lines = (instruction: string): string[] =>
  dockerfile
    .split('\n')
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1).trim());
const left = read('docker/Dockerfile.dockerignore').split('\n').filter(Boolean);

describe('the image', () => {
  test('copies only what is there and was not left out', () => {
    const sources = lines('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(/\s+/).slice(0, -1));
    assert.ok(sources.length > 1);
    for (const source of sources) {
      assert.ok(existsSync(join(root, source)), source);
      assert.ok(!left.includes(source), `${source} is left out by the ignore file`);
    }
  });

  test('leaves out nothing that the program is made of', () => {
    for (const needed of ['bin', 'src', 'migrations', 'package.json', 'tsconfig.json'])
      assert.ok(existsSync(join(root, needed)) && !left.includes(needed), needed);
    for (const secret of ['data', '.git', 'envoi.env'])
      assert.ok(left.includes(secret), `${secret} must not go in`);
  });

  test('starts what the package calls its program, as an ordinary user, on Node 24', () => {
    assert.ok(lines('FROM').every((line) => /^node:24-/.test(line)));
    assert.deepEqual(lines('USER'), ['node']);
    const entry = JSON.parse(lines('ENTRYPOINT')[0] ?? '[]') as string[];
    const { bin } = JSON.parse(read('package.json')) as { bin: { envoi: string } };
    assert.deepEqual(entry, ['node', bin.envoi]);
    assert.deepEqual(JSON.parse(lines('CMD').at(-1) ?? '[]'), ['serve']);
  });

  test('asks an address for its health that the program answers, and opens the ports that it listens on', () => {
    const path = /\+'(\/\w+)'/.exec(lines('HEALTHCHECK')[0] ?? '')?.[1] ?? '';
    assert.ok(read('src/roof/health.ts').includes(`'${path}'`), path);
    const ports = (lines('EXPOSE')[0] ?? '').split(' ');
    const usual = [...read('docs/config.md').matchAll(/^\| `\w*PORT` \|.*\| `(\d+)` \|$/gm)].map(
      (row) => row[1],
    );
    assert.deepEqual(
      ports,
      usual.filter((port) => port !== '25'),
    );
  });
});

test('the compose files name environment variables that the program knows', () => {
  for (const file of ['docker/compose.yaml', 'docker/compose.several.yaml']) {
    const names = [...read(file).matchAll(/^\s+(ENVOI_\w+|PUBLIC_URL|DATABASE_URL):/gm)].map(
      ([, name]) => name ?? '',
    );
    assert.ok(names.length > 0, file);
    const known = read('docs/config.md');
    for (const name of names) assert.ok(known.includes(`\`${name}\``), `${file}: ${name}`);
  }
});
