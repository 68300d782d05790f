/** Runs after every callback delivered to any client: only then can state have changed. */
const listeners = new Set<() => void>();

export function poke(): void {
  for (const listener of [...listeners]) listener();
}

export function onActivity(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Watch = (look: () => void) => () => void;

/** Runs `look` now, and after every change of an observable that `look` read in a client's own MobX. */
const watches = new Set<Watch>();

export function addWatch(watch: Watch): () => void {
  watches.add(watch);
  return () => watches.delete(watch);
}

/** Watches every client. Returns a function that stops the watch. */
export function watchAll(look: () => void): () => void {
  const stops = [...watches].map((watch) => watch(look));
  return () => stops.forEach((stop) => stop());
}

/** Clients and servers that can describe their state for the text of a failed wait. */
const witnesses = new Set<() => string>();

export function addWitness(describe: () => string): () => void {
  witnesses.add(describe);
  return () => witnesses.delete(describe);
}

export function testimony(): string {
  return [...witnesses]
    .map((describe) => {
      try {
        return describe();
      } catch (error) {
        return `(a witness failed: ${String(error)})`;
      }
    })
    .join('\n');
}
