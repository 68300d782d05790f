/** The error with which a WeChat call rejects. */
export interface Failure {
  errMsg: string;
  errno?: number;
}

/** Resolves with the rejection of the call; with `no failure` when the call succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return await work.then(
    () => ({ errMsg: 'no failure' }),
    (error: unknown) => error as Failure,
  );
}
