import vm from 'node:vm';

/**
 * Collects the rejections that nobody handles until `stop` is called. Inside a test `process` is a copy whose events
 * are never emitted, so the listener is added to Node's own process. Jest's listeners are set aside meanwhile: they
 * would fail the test without the seed.
 */
export function collectRejections(): { readonly causes: unknown[]; stop: () => void } {
  const own = vm.runInThisContext('process') as NodeJS.Process;
  const causes: unknown[] = [];
  const note = (cause: unknown) => void causes.push(cause);
  const others = own.rawListeners('unhandledRejection') as NodeJS.UnhandledRejectionListener[];
  own.removeAllListeners('unhandledRejection');
  own.on('unhandledRejection', note);
  return {
    causes,
    stop: () => {
      own.off('unhandledRejection', note);
      for (const one of others) own.on('unhandledRejection', one);
    },
  };
}
