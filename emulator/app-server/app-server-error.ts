/** An error as the app server answers it: HTTP status and `{code, message}`. */
export class AppServerError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A field of a JSON body that may be left out. */
export function optionalField(body: unknown, name: string): string | undefined {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A field of a JSON body, or 400 with 414. */
export function field(body: unknown, name: string): string {
  const value = optionalField(body, name);
  if (value !== undefined) return value;
  throw new AppServerError(400, 414, `${name} is required`);
}
