/**
 * Collects what arrives while a transaction is on its way and does it together in the next one: one commit for many.
 * Returns a function that resolves when its item is committed; when the transaction fails, all of its items reject.
 */
export function groupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
  limit: number,
): (item: Item) => Promise<Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let isRunning = false;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, limit);
      try {
        const results = await commit(group.map((one) => one.item));
        group.forEach((one, index) => {
          one.resolve(results[index] as Result);
        });
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    isRunning = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
