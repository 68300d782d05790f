import { WebSocket } from 'ws';

/**
 * A WebSocket whose answer to the peer's close can be held back. `ws` answers a close frame by calling
 * `close()`, so a delay there is what a client sees as a slow `SocketTask.close()`.
 */
export class SlowSocket extends WebSocket {
  /** ms to wait before answering the peer's close; asked once, when the peer closes. */
  answerDelay: () => number = () => 0;
  private pending: NodeJS.Timeout | undefined;

  /** Closes from our side, at once. */
  closeNow(code: number): void {
    clearTimeout(this.pending);
    super.close(code);
  }

  override close(code?: number, reason?: string | Buffer): void {
    if (this.pending) return;
    const delayMs = this.readyState === this.OPEN ? this.answerDelay() : 0;
    if (delayMs <= 0) super.close(code, reason);
    else this.pending = setTimeout(() => super.close(code, reason), delayMs);
  }

  override terminate(): void {
    clearTimeout(this.pending);
    super.terminate();
  }
}
