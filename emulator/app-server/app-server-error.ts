/** Error that the app server answers with an HTTP status and `{code, message}`. */
export class AppServerError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Returns a text field of a JSON body, or undefined when it is missing or empty. */
export function optionalField(body: unknown, name: string): string | undefined {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns a text field of a JSON body. Answers 400 with code 414 when the field is missing or empty. */
export function field(body: unknown, name: string): string {
  const value = optionalField(body, name);
  if (value !== undefined) return value;
  throw new AppServerError(400, 414, `${name} is required`);
}
