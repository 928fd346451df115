import { readFile } from 'node:fs/promises';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Perform } from '#base/confine';
import type { PdfRefusal } from './limits.ts';

export type RenderTask = { readonly bytes: Uint8Array; readonly maxPages: number; readonly widthPx: number };
export type DrawnPage = {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel. */
  readonly pixels: Uint8Array;
};
export type RenderAnswer =
  | { readonly ok: true; readonly pages: number; readonly drawn: number }
  | { readonly ok: false; readonly reason: PdfRefusal };

/** A page may be so many times higher than wide (a till receipt); a longer one is drawn smaller. */
const maxRatio = 5;
/** PDFium's memory may not grow beyond this; a drawing of 1240 × 6200 pixels takes 31 MB of it. */
const maxMemoryBytes = 512 * 2 ** 20;

const library = await loadLibrary();

/** Runs in a confined thread: draws pages with PDFium. */
export const perform: Perform<RenderTask, RenderAnswer, DrawnPage> = async (task, sendPart) => {
  const document = await library.loadDocument(task.bytes).catch((error: unknown) => String(error));
  if (typeof document === 'string') {
    return { ok: false, reason: /password/i.test(document) ? 'encrypted' : 'broken_pdf' };
  }
  try {
    const pages = document.getPageCount();
    const drawn = Math.min(pages, task.maxPages);
    for (let index = 0; index < drawn; index += 1) {
      const page = document.getPage(index);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const { width, height } = fit(originalWidth, originalHeight, task.widthPx);
      const { data, ...size } = await page.render({ width, height, renderFormFields: true });
      await sendPart({ page: index + 1, width: size.width, height: size.height, pixels: data });
    }
    return { ok: true, pages, drawn };
  } finally {
    document.destroy();
  }
};

function fit(width: number, height: number, widthPx: number): { width: number; height: number } {
  const ratio = width > 0 && height > 0 ? height / width : Math.SQRT2;
  if (ratio <= maxRatio) return { width: widthPx, height: Math.max(1, Math.round(widthPx * ratio)) };
  return { width: Math.max(1, Math.round((widthPx * maxRatio) / ratio)), height: widthPx * maxRatio };
}

/** Loads PDFium with a ceiling: WebAssembly asks for more memory through one function, which we may answer with no. */
async function loadLibrary(): Promise<PDFiumLibrary> {
  const wasm = await readFile(new URL(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm')));
  const module = await WebAssembly.compile(wasm);
  return PDFiumLibrary.init({
    instantiateWasm: (imports, succeed) => {
      const env = imports['env'] as Record<string, WebAssembly.ImportValue>;
      const grow = env['emscripten_resize_heap'] as (bytes: number) => boolean;
      const bounded = (bytes: number) => bytes >>> 0 <= maxMemoryBytes && grow(bytes);
      const ours = { ...imports, env: { ...env, emscripten_resize_heap: bounded } };
      void WebAssembly.instantiate(module, ours).then((instance) =>
        (succeed as unknown as (instance: WebAssembly.Instance, module: WebAssembly.Module) => void)(
          instance,
          module,
        ),
      );
      return {};
    },
  });
}
