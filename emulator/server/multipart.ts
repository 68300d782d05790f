/** A part of a multipart form. */
export interface FormPart {
  name: string;
  filename: string | undefined;
  contentType: string;
  content: Buffer;
}

const HEADER_END = Buffer.from('\r\n\r\n');

/** Splits a multipart/form-data body. Returns the readable parts; never throws. */
export function parseMultipart(contentType: string, body: unknown): FormPart[] {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary || !Buffer.isBuffer(body)) return [];
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const next = body.indexOf(delimiter, start + delimiter.length);
    if (next < 0) break;
    // A part lies between the line break after a delimiter and the line break before the next delimiter.
    const part = body.subarray(start + delimiter.length + 2, next - 2);
    const headerEnd = part.indexOf(HEADER_END);
    if (headerEnd >= 0) {
      const headers = part.subarray(0, headerEnd).toString('utf8');
      parts.push({
        name: /[\s;]name="([^"]*)"/i.exec(headers)?.[1] ?? '',
        filename: /filename="([^"]*)"/i.exec(headers)?.[1],
        contentType: /content-type:\s*([^\r\n]+)/i.exec(headers)?.[1] ?? 'application/octet-stream',
        content: Buffer.from(part.subarray(headerEnd + HEADER_END.length)),
      });
    }
    start = next;
  }
  return parts;
}
