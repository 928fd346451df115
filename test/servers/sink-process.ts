import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type SinkOptions, startSink } from './sink.ts';

export interface SinkProcess {
  readonly port: number;
  readonly processId: number;
  count(): Promise<number>;
  close(): Promise<void>;
}

/** A sink in a process of its own, so that it takes no time from what is measured. */
export async function startSinkProcess(options: SinkOptions = {}): Promise<SinkProcess> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
  });
  const hear = (): Promise<number> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(Number(message)));
      child.once('exit', () => reject(new Error('the sink process ended')));
    });
  const port = await hear();
  return {
    port,
    processId: child.pid ?? 0,
    count: () => {
      const answer = hear();
      child.send('count');
      return answer;
    },
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
  const sink = await startSink(JSON.parse(process.argv[2] ?? '{}') as SinkOptions);
  process.on('message', () => process.send?.(sink.count));
  process.on('disconnect', () => process.exit(0));
  process.send(sink.port);
}
