import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';

/**
 * Bundles the project's own TypeScript into `folder`, which mirrors the project's tree: src/main.ts becomes src/main.mjs. Packages stay
 * where they are. Each source keeps its own `import.meta`, so that it finds the files beside it; the work of confined threads is found in
 * its bundled form. The folder appears whole or not at all, also where two processes make it at once.
 * @param {{ root: string, folder: string, entryPoints: readonly string[] }} what paths are absolute
 */
export async function build({ root, folder, entryPoints }) {
  const { outputFiles } = await bundle({
    entryPoints: [...entryPoints],
    outdir: folder,
    outbase: root,
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    splitting: true,
    write: false,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [keepPlace(root, folder)],
  });
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  for (const { path, contents } of outputFiles) {
    const file = join(making, relative(folder, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  chmodSync(making, 0o755); // made for its owner alone; whoever may read the sources may run them
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another process was faster
  }
}

const workUrl = /new URL\('(\.\/[\w-]+-work)\.ts', import\.meta\.url\)/g;

function keepPlace(root, folder) {
  return {
    name: 'keep-place',
    setup(building) {
      building.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes('import.meta')) return null;
        const beside = join(folder, relative(root, dirname(path)));
        const contents = text
          .replace(workUrl, (_all, work) => `new URL(${urlOf(join(beside, `${work}.mjs`))})`)
          .replaceAll('import.meta.url', urlOf(path))
          .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

function urlOf(path) {
  return JSON.stringify(pathToFileURL(path).href);
}
