/** Progress on stderr: the running step and its duration. */
export class Steps {
  private readonly live = process.stderr.isTTY;

  constructor(private readonly verbose: boolean) {}

  async run<T>(name: string, work: (detail: (text: string) => void) => T | Promise<T>): Promise<T> {
    const started = Date.now();
    this.write(this.live ? `  ${name}...` : `  ${name}...\n`);
    const result = await work((text) => {
      if (this.live) this.write(`\r\u001b[K  ${name}: ${text.slice(0, 80)}`);
      else if (this.verbose) this.write(`    ${text}\n`);
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    this.write(`${this.live ? '\r\u001b[K' : ''}✓ ${name} (${seconds} s)\n`);
    return result;
  }

  /** A line that is always shown. */
  say(text: string): void {
    this.write(`${text}\n`);
  }

  /** Output of a library, shown with `--verbose` only. */
  output(text: string): void {
    if (this.verbose) this.write(text);
  }

  private write(text: string): void {
    process.stderr.write(text);
  }
}
