import { Worker } from 'node:worker_threads';

/**
 * What a work module exports as `perform`: it gets a task and returns an answer, both plain data. `sendPart` hands over a
 * piece of a large answer and resolves when the caller has taken it, so that pieces do not pile up.
 */
export type Perform<Task, Answer, Part = never> = (
  task: Task,
  sendPart: (part: Part) => Promise<void>,
) => Promise<Answer>;

/** `failed` covers every end that is not an answer or the time limit: an exception, no memory left, a crash. */
export type ConfinedAnswer<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: 'took_too_long' | 'failed'; readonly detail: string };

export type ConfinedWork<Task, Answer, Part> = {
  /** Does the task in a thread of its own. What `takePart` throws is thrown on; a module that does not load throws. */
  run(
    task: Task,
    limits: TimeLimits,
    takePart?: (part: Part) => Promise<void>,
  ): Promise<ConfinedAnswer<Answer>>;
};

/** In milliseconds, from the moment when a thread is free and ready for the task; `silenceMs` counts anew after each part. */
export type TimeLimits = { readonly totalMs: number; readonly silenceMs?: number };

type Thread = {
  readonly worker: Worker;
  /** Settles when the work module is loaded; with what went wrong when it cannot be. */
  readonly loaded: Promise<Error | null>;
  tasksDone: number;
  rest: NodeJS.Timeout | null;
};
type Message<Answer, Part> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly detail: string }
  | { readonly kind: 'part'; readonly part: Part };

/** A thread that has nothing to do is ended after this time: it holds 50 to 100 MB. */
const restMs = 20_000;
/** Whatever a library leaks, it leaks into a thread that ends after so many tasks. */
const tasksPerThread = 200;

/**
 * Makes a place where bytes from outside are worked on without harm to the process: a module's `perform` in threads with
 * a heap limit, each ended when a task takes too long or goes wrong. At most `threads` tasks run at once, the others wait.
 */
export function makeConfinedWork<Task, Answer, Part = never>(options: {
  readonly module: URL;
  readonly heapMb: number;
  readonly threads: number;
}): ConfinedWork<Task, Answer, Part> {
  const threads = makeThreads(options);
  return {
    async run(task, limits, takePart) {
      const thread = await threads.take();
      let isSound = false;
      try {
        const problem = await thread.loaded;
        if (problem) throw problem;
        const answer = await converse<Task, Answer, Part>(thread.worker, task, limits, takePart);
        isSound = answer.ok;
        return answer;
      } finally {
        await threads.giveBack(thread, isSound);
      }
    },
  };
}

/** Lends threads out, at most so many at a time, first come first served; those that come back sound are lent again. */
function makeThreads(options: { readonly module: URL; readonly heapMb: number; readonly threads: number }) {
  const resting: Thread[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;

  function start(): Thread {
    const worker = startWorker(options);
    const thread: Thread = { worker, loaded: loadingOf(worker), tasksDone: 0, rest: null };
    thread.worker.once('exit', () => {
      const place = resting.indexOf(thread);
      if (place >= 0) resting.splice(place, 1);
    });
    return thread;
  }

  function rest(thread: Thread): void {
    thread.worker.unref();
    thread.rest = setTimeout(() => void thread.worker.terminate(), restMs);
    thread.rest.unref();
    resting.push(thread);
  }

  return {
    async take(): Promise<Thread> {
      if (lent >= options.threads) await new Promise<void>((resolve) => waiting.push(resolve));
      else lent += 1;
      const thread = resting.pop() ?? start();
      if (thread.rest) clearTimeout(thread.rest);
      thread.worker.ref();
      return thread;
    },
    async giveBack(thread: Thread, isSound: boolean): Promise<void> {
      thread.tasksDone += 1;
      if (isSound && thread.tasksDone < tasksPerThread) rest(thread);
      else await thread.worker.terminate();
      const next = waiting.shift();
      if (next) next();
      else lent -= 1;
    },
  };
}

function startWorker(options: { readonly module: URL; readonly heapMb: number }): Worker {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { module: options.module.href },
    resourceLimits: { maxOldGenerationSizeMb: options.heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    execArgv: [],
  });
  // Without a listener an error between two tasks would end the process.
  worker.on('error', () => undefined);
  return worker;
}

/** Loading takes a second, on a machine that is overrun some ten; this is not part of anybody's time. */
const loadLimitMs = 60_000;

function loadingOf(worker: Worker): Promise<Error | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => end(new Error(`A thread was not ready within ${loadLimitMs} ms.`)),
      loadLimitMs,
    );
    function end(problem: Error | null): void {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(problem);
    }
    const onMessage = () => end(null);
    const onError = (error: unknown) => end(error instanceof Error ? error : new Error(String(error)));
    const onExit = () => end(new Error('A thread ended before it was ready.'));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

function converse<Task, Answer, Part>(
  worker: Worker,
  task: Task,
  limits: TimeLimits,
  takePart: ((part: Part) => Promise<void>) | undefined,
): Promise<ConfinedAnswer<Answer>> {
  return new Promise((resolve, reject) => {
    const fail = (reason: 'took_too_long' | 'failed', detail: string) =>
      end(() => resolve({ ok: false, reason, detail }));
    const onError = (error: unknown) =>
      fail('failed', error instanceof Error ? error.message : String(error));
    const onExit = () => fail('failed', 'the thread ended');
    const onMessage = (message: Message<Answer, Part>) => {
      if (message.kind === 'answer') end(() => resolve({ ok: true, answer: message.answer }));
      else if (message.kind === 'failure') fail('failed', message.detail);
      else {
        timers[1]?.refresh();
        const taken = takePart ? takePart(message.part) : Promise.resolve();
        taken.then(
          () => worker.postMessage({ kind: 'part_taken' }),
          (error) => end(() => reject(error)),
        );
      }
    };
    const giveUp = () => fail('took_too_long', `no end within ${limits.totalMs} ms`);
    const timers = [
      setTimeout(giveUp, limits.totalMs),
      setTimeout(giveUp, limits.silenceMs ?? limits.totalMs),
    ];
    function end(settle: () => void): void {
      timers.forEach(clearTimeout);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage({ kind: 'task', task });
  });
}
