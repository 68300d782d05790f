/** The server's limit for the extension of a message, bytes of UTF-8. */
const EXTENSION_BYTES = 1024;

/** Whether the server takes a text as the extension of a message. */
export function fitsExtension(json: string): boolean {
  let bytes = 0;
  for (const character of json) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes <= EXTENSION_BYTES;
}
