/** The part that is used: jsdom has no types of its own. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string, options: { runScripts: 'outside-only' });
    readonly window: { eval(code: string): unknown; close(): void };
  }
}
