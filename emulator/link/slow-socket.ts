import { WebSocket } from 'ws';

/**
 * A WebSocket whose answer to the peer's close can be delayed. `ws` answers a close frame by calling `close()`,
 * so a delay in `close()` appears to the client as a slow `SocketTask.close()`.
 */
export class SlowSocket extends WebSocket {
  /** Delay in ms before answering the peer's close; called once, when the peer closes. */
  answerDelay: () => number = () => 0;
  private pending: NodeJS.Timeout | undefined;

  /** Closes the socket from the server's side without delay. */
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
